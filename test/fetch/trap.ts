// A server on loopback that nobody may reach, and a look at every connection that this process begins. The first proves
// what got through, of whatever process; the second also sees connections to addresses where no trap can stand.
import { createHook } from 'node:async_hooks'
import type { lookup } from 'node:dns'
import { createServer, type Server, type Socket } from 'node:net'
import { expect } from 'vitest'
import { SSRF_FORMS } from './ssrf-forms.ts'

const ANSWER =
  'HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\nconnection: close\r\ncontent-length: 6\r\n\r\nSECRET'
const REQUEST_LINE = /^[A-Z]+ (\S+) HTTP/

export interface Trap {
  readonly port: number
  /** The path of each request, or an empty text for a connection that asked for nothing yet. */
  readonly caught: readonly string[]
  /** `address:port` of each connection begun by this process, those to a port in `known` left out. */
  dialled(...known: readonly number[]): readonly string[]
  close(): Promise<void>
}

/** Listens under one port on every address of this machine, of IPv4 and IPv6. */
export async function startTrap(): Promise<Trap> {
  const caught: string[] = []
  const server = createServer((socket) => answer(socket, caught))
  const port = await listen(server)
  const watch = watchDialling()
  return {
    port,
    caught,
    dialled: (...known) => watch.dialled().filter((address) => !known.some((one) => address.endsWith(`:${one}`))),
    close: async () => {
      watch.stop()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Nobody answers at this address, which belongs to nobody: a name that has it beside a private one leads nowhere. */
export const UNUSED = '2d00::1'

/** Holds that nobody came into the trap, and that nothing but our own servers, on the ports `known`, was dialled. */
export function expectNothingDialled(trap: Trap, ...known: readonly number[]): void {
  expect(trap.caught).toEqual([])
  expect(trap.dialled(...known).filter((address) => !address.startsWith(UNUSED))).toEqual([])
}

/** Resolves the names of the table, and no others. */
export const lookupForms = ((name: string, _options: unknown, done: LookupDone) => {
  const bare = name.toLowerCase()
  const found = SSRF_FORMS.find(({ url, dns }) => dns !== null && hostOf(url) === bare)?.dns
  if (found === undefined || found === null)
    return done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }))
  done(
    null,
    found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  )
}) as typeof lookup

type LookupDone = (error: Error | null, found?: readonly { address: string; family: number }[]) => void

function hostOf(url: string): string {
  return new URL(url.replace('PORT', '1')).hostname
}

function answer(socket: Socket, caught: string[]): void {
  const at = caught.push('') - 1
  socket.on('error', () => socket.destroy())
  socket.once('data', (head) => {
    caught[at] = REQUEST_LINE.exec(head.toString('latin1'))?.[1] ?? '?'
    socket.end(ANSWER)
  })
}

/** Node makes one object of this type for each address that it tries, TLS or not; it is filled in after it is made. */
function watchDialling(): { dialled: () => readonly string[]; stop: () => void } {
  const begun: { readonly address?: string; readonly port?: number }[] = []
  const hook = createHook({
    init: (_, type, __, resource) => {
      if (type === 'TCPCONNECTWRAP') begun.push(resource)
    },
  }).enable()
  return { dialled: () => begun.map(({ address, port }) => `${address}:${port}`), stop: () => hook.disable() }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: 0, host: '::' }, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}
