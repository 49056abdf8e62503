// The one gate to the network: every connection of every fetcher, the browser's included, is made by the connector
// built here. It lets through public unicast addresses and what the person allowed, and judges addresses, not
// spellings: literals before connecting, names after resolving, and the connected socket once more before a byte is
// sent.
import { lookup as lookupDns } from 'node:dns'
import { isIP, type LookupFunction, type Socket } from 'node:net'
import ipaddr from 'ipaddr.js'
import { buildConnector } from 'undici'
import { RefusedError } from '../errors.ts'
import { urlOf } from '../url.ts'

/** Time to reach a host, TLS included. */
const CONNECT_TIMEOUT_MS = 10_000

/** Tells a virtual machine its own secrets, under an address that no registry calls special. */
const AZURE_WIRE_SERVER = '168.63.129.16'
const LOCALHOST = /(^|\.)localhost\.?$/i

/** Where connections for a host really go; null leaves them alone. Targets count as allowed. */
export type Route = (host: string, port: number, protocol: string) => RouteTarget | null

interface RouteTarget {
  readonly host: string
  readonly port: number
}

/** What may be reached beyond the public internet. */
export interface Reach {
  /** Host names or address literals of the person's own servers, as they stand in the URL. */
  readonly allowPrivate: readonly string[]
  readonly route: Route | null
  /** Resolves names; the system does but in tests. */
  readonly lookup?: typeof lookupDns
}

export const PUBLIC_ONLY: Reach = { allowPrivate: [], route: null }

/** The protocol of a connection whose inside we cannot see: a browser's CONNECT. */
export const TUNNEL = 'tunnel:'

export type Connector = buildConnector.connector

/** A connector for undici, and for anything else that needs a guarded socket. */
export function buildGuardedConnector(reach: Reach): Connector {
  const guarded = buildConnector({ timeout: CONNECT_TIMEOUT_MS, lookup: lookupPublicBy(reach.lookup ?? lookupDns) })
  const open = buildConnector({ timeout: CONNECT_TIMEOUT_MS })
  return (options, callback) => {
    const host = bareHost(options.hostname)
    const target = reach.route?.(host, portOf(options), options.protocol) ?? null
    if (target !== null) return open({ ...options, hostname: target.host, port: String(target.port) }, callback)
    if (isAllowedHost(host, reach)) return open({ ...options, hostname: host }, callback)
    if (isNeverPublic(host)) return callback(refuse(host, host), null)
    guarded({ ...options, hostname: host }, (...args) => callback(...recheck(host, args)))
  }
}

/** Whether an address literal is public unicast. Mapped, NAT64, 6to4, Teredo, CGNAT and reserved forms are not. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0 || address.includes('%')) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed instanceof ipaddr.IPv4 ? address !== AZURE_WIRE_SERVER : isGlobalUnicast(parsed.parts)
}

/** Refuses what no fetcher fetches, whatever the address: other protocols, and passwords that would be archived. */
export function checkUrl(text: string): URL {
  const url = urlOf(text)
  if (url === null) throw new RefusedError(`${text}: this is not a web address; check the spelling`)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new RefusedError(`${url.href}: only http and https are fetched, not ${url.protocol}`)
  if (url.username !== '' || url.password !== '')
    throw new RefusedError(
      `${url.host}: the address carries a user name or password, which would be archived; remove it`,
    )
  return url
}

/** The error in the chain of causes that the guard threw, or null. */
export function refusalIn(error: unknown): RefusedError | null {
  if (error instanceof RefusedError) return error
  return error instanceof Error && error.cause !== undefined ? refusalIn(error.cause) : null
}

/** The list of special ranges has holes (::127.0.0.1 among them); IANA gives out global unicast in 2000::/3 only. */
function isGlobalUnicast(parts: readonly number[]): boolean {
  const [first = 0, , , , fifth = 0, sixth = 0] = parts
  // ISATAP (RFC 5214, 6.1) carries any IPv4 address in its last 32 bits.
  const isTunnel = (fifth & 0xfdff) === 0 && sixth === 0x5efe
  return (first & 0xe000) === 0x2000 && !isTunnel
}

/** Judged without asking anybody: address literals, and localhost with all below it (RFC 6761, 6.3). */
function isNeverPublic(host: string): boolean {
  return isIP(host) === 0 ? LOCALHOST.test(host) : !isPublicAddress(host)
}

/** Answers as `dns.lookup` does, with the public addresses only: one private answer among public ones is dropped. */
export function lookupPublicBy(lookup: typeof lookupDns): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, [])
      const usable = found.filter(({ address }) => isPublicAddress(address))
      const first = usable[0]
      if (first === undefined) return callback(refuse(host, found.map(({ address }) => address).join(', ')), [])
      return options.all === true ? callback(null, usable) : callback(null, first.address, first.family)
    })
  }
}

/** Resolving and connecting are two steps: the socket tells where it ended. */
function recheck(host: string, args: [null, Socket] | [Error, null]): [null, Socket] | [Error, null] {
  const [error, socket] = args
  if (error !== null || isPublicAddress(socket.remoteAddress ?? '')) return args
  const address = socket.remoteAddress ?? 'an unknown address'
  socket.destroy()
  return [refuse(host, address), null]
}

function refuse(host: string, address: string): RefusedError {
  const where = host === address ? host : `${host} (${address})`
  return new RefusedError(
    `${where} is not a public address and is not fetched; if it is a server of yours, allow it with --allow-private ${host}`,
  )
}

function isAllowedHost(host: string, reach: Reach): boolean {
  return reach.allowPrivate.some((allowed) => bareHost(allowed).toLowerCase() === host.toLowerCase())
}

function bareHost(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host
}

function portOf(options: { readonly port: string; readonly protocol: string }): number {
  return options.port === '' ? (options.protocol === 'https:' ? 443 : 80) : Number(options.port)
}
