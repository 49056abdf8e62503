// What goes wrong on the way to a site, in words a person can act on: one line, the address first.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttpFetcher } from '../../src/fetch/http/http.ts'
import { explainNetworkError } from '../../src/fetch/network-error.ts'

const WHERE = 'https://gauges.example/x'
const never = new AbortController().signal

const failed = (code: string, message = '') => Object.assign(new Error(message), { code })
const say = (error: unknown) => explainNetworkError(WHERE, error, null).message

describe('a failure of the network', () => {
  it.each([
    ['ECONNREFUSED', 'refuses connections'],
    ['EAI_AGAIN', 'check the network'],
    ['HPE_INVALID_CONSTANT', 'not HTTP'],
    ['ERR_SSL_STRANGE', 'TLS'],
  ])('%s, which may pass, is told in words: %s', (code, words) => {
    const message = say(failed(code, '80CC04:error:0A00010B:SSL routines:ssl3_record.c:350:\n'))
    expect(message).toMatch(new RegExp(`^${WHERE}: [^\n]*; try again later$`))
    expect(message).toContain(words)
    expect(message).not.toContain('0A00010B')
  })

  it.each([
    ['ENOTFOUND', 'check the spelling'],
    ['CERT_HAS_EXPIRED', 'a web archive may have a copy'],
    ['CERT_NOT_YET_VALID', 'clock'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'NODE_EXTRA_CA_CERTS'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'NODE_EXTRA_CA_CERTS'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'leaves out who vouches'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', '--tls-min-v1.0'],
  ])('%s, which waiting does not change, is told with what to do: %s', (code, words) => {
    const message = say(failed(code, '80CC04:error:0A00010B:SSL routines:ssl3_record.c:350:\n'))
    expect(message).toMatch(new RegExp(`^${WHERE}: [^\n]+$`))
    expect(message).toContain(words)
    expect(message).not.toMatch(/later|0A00010B/)
  })

  it('of a certificate for another name says for which', () => {
    const names = ['a', 'b', 'c', 'd'].map((name) => `DNS:${name}.example`).join(', ')
    const shown = Object.assign(failed('ERR_TLS_CERT_ALTNAME_INVALID'), { cert: { subjectaltname: names } })
    expect(say(shown)).toContain('is for a.example, b.example, c.example and others, not for this name')
    expect(say(failed('ERR_TLS_CERT_ALTNAME_INVALID'))).toContain('another name')
  })

  it('that nobody has words for is told in one line', () => {
    expect(say(failed('ESTRANGE', ' the line\n  broke\n'))).toBe(`${WHERE}: the line broke; try again later`)
  })
})

describe('a port', () => {
  let server: Server
  beforeAll(async () => {
    server = createServer((_, response) => response.end('plain'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => server.close())

  it('that does not speak TLS is told from a host that is down', async () => {
    const reach = { allowPrivate: ['127.0.0.1'], route: null }
    const http = createHttpFetcher({ reach, userAgent: 'test', now: () => new Date(0) })
    const { port } = server.address() as AddressInfo
    await expect(http.fetch(`https://127.0.0.1:${port}/`, never)).rejects.toThrow('http:// may be meant')
    await http.close()
  })
})
