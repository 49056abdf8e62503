// A forward proxy on loopback through which the browser makes all its connections: pages, redirects, subresources,
// sockets and workers thus pass the same guard as everything else. It looks at addresses and never into the traffic.
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { urlOf } from '../../url.ts'
import { type Connector, TUNNEL } from '../guard.ts'

/** Bytes one connection may bring to the browser: a page that never ends must not fill its memory. */
const CONNECTION_LIMIT_BYTES = 100 * 1024 * 1024
/** Hosts whose last failure is remembered. */
const FAILURES_KEPT = 1000
const SCHEME_HTTP = 'http://'

export interface GuardedProxy {
  readonly port: number
  /** Why the last connection to a host (as in `URL.hostname`) could not be made: the browser itself does not tell. */
  failureOf(hostname: string): unknown
  close(): Promise<void>
}

/** Listens on a free port of 127.0.0.1. */
export async function startProxy(connector: Connector): Promise<GuardedProxy> {
  const failures = new Map<string, unknown>()
  const fail = (hostname: string, error: unknown) => {
    if (failures.size >= FAILURES_KEPT) failures.clear()
    failures.set(hostname, error)
  }
  const sockets = new Set<Duplex>()
  const gate = { connector, fail, sockets }
  const server = createServer((incoming, response) => forward(incoming, response, gate))
  server.on('connect', (incoming, socket) => tunnel(incoming, socket, gate))
  await listen(server)
  return {
    port: (server.address() as AddressInfo).port,
    failureOf: (hostname) => failures.get(hostname) ?? null,
    close: () => closeServer(server, sockets),
  }
}

/** What all connections pass. */
interface Gate {
  readonly connector: Connector
  readonly fail: (hostname: string, error: unknown) => void
  /** Open tunnels, both ends. */
  readonly sockets: Set<Duplex>
}

/**
 * Plain HTTP: an absolute URL in the request line. A failure breaks the connection: an answer would be taken for the
 * site's.
 */
function forward(incoming: IncomingMessage, response: ServerResponse, { connector, fail }: Gate): void {
  const url = incoming.url?.startsWith(SCHEME_HTTP) === true ? urlOf(incoming.url) : null
  if (url === null) return void response.destroy()
  const upstream = request(url, {
    method: incoming.method ?? 'GET',
    headers: withoutProxyHeaders(incoming.rawHeaders),
    createConnection: (_, ready) => {
      connect(connector, url, 'http:', (error, socket) => ready(error, socket as Socket))
      return undefined
    },
  })
  upstream.on('error', (error) => {
    fail(url.hostname, error)
    response.destroy()
  })
  upstream.on('response', (answer) => relay(answer, response))
  response.on('close', () => upstream.destroy())
  incoming.pipe(upstream)
}

function relay(answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders)
  answer.on('error', () => response.destroy())
  limitBytes(answer, response)
  answer.pipe(response)
}

function tunnel(incoming: IncomingMessage, socket: Duplex, { connector, fail, sockets }: Gate): void {
  const url = urlOf(`${SCHEME_HTTP}${incoming.url ?? ''}`)
  if (url === null) return void socket.destroy()
  socket.on('error', () => socket.destroy())
  connect(connector, url, TUNNEL, (error, upstream) => {
    if (upstream === null) {
      fail(url.hostname, error)
      return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    limitBytes(upstream, socket)
    for (const end of [socket, upstream]) keepUntilClosed(end, sockets)
    upstream.on('close', () => socket.destroy())
    socket.on('close', () => upstream.destroy())
    upstream.on('error', () => socket.destroy())
    socket.pipe(upstream).pipe(socket)
  })
}

function connect(
  connector: Connector,
  url: URL,
  protocol: string,
  done: (error: Error | null, socket: Socket | null) => void,
): void {
  // `http://host:80` and CONNECT both lose the default port in URL; only CONNECT says it, and means it.
  const options = { hostname: url.hostname, host: url.host, port: url.port === '' ? '80' : url.port, protocol }
  // undici leaves the socket out when there is an error.
  connector(options, (error, socket) => done(error, socket ?? null))
}

function limitBytes(from: NodeJS.ReadableStream, to: Duplex | ServerResponse): void {
  let room = CONNECTION_LIMIT_BYTES
  from.on('data', (chunk: Uint8Array) => {
    room -= chunk.length
    if (room < 0) to.destroy()
  })
}

function withoutProxyHeaders(raw: readonly string[]): string[] {
  return raw.filter((_, at) => !(raw[at - (at % 2)] ?? '').toLowerCase().startsWith('proxy-'))
}

function keepUntilClosed(socket: Duplex, open: Set<Duplex>): void {
  open.add(socket)
  socket.on('close', () => open.delete(socket))
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
}

function closeServer(server: Server, sockets: ReadonlySet<Duplex>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
    for (const socket of sockets) socket.destroy()
  })
}
