// Pages over HTTP from a real server on loopback: what is kept of an answer, and what each failure means.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RefusedError, TransientFetchError } from '../../../src/errors.ts'
import type { Fetcher } from '../../../src/fetch/fetcher.ts'
import { createHttpFetcher, type HttpLimits } from '../../../src/fetch/http/http.ts'
import { explainStatus, retryAfterMs } from '../../../src/fetch/http/status.ts'
import { userAgentOf } from '../../../src/fetch/manners/user-agent.ts'
import { digestOf } from '../../../src/fixity.ts'
import type { Capture } from '../../../src/model.ts'
import { FAULTY, faultyPages, WHOLE } from '../../site/faults.ts'
import { type FixtureWeb, startFixtureWeb } from '../../site/fixture-web.ts'

const LIMITS: HttpLimits = { totalMs: 1200, headersMs: 600, rawBytes: 1024 * 1024 }
const LANDED = {
  'other.example/landed': { status: 200, headers: { 'content-type': 'Text/HTML; charset=utf-8' }, body: WHOLE },
}
const never = new AbortController().signal

let web: FixtureWeb
let http: Fetcher

beforeAll(async () => {
  web = await startFixtureWeb('no-fixtures', { pages: { ...faultyPages(), ...LANDED } })
  http = createHttpFetcher({
    ...web.dispatcherOptions,
    userAgent: userAgentOf('1.2.3', 'archivist@library.example'),
    now: () => new Date('2026-01-02T03:04:05.678Z'),
    limits: LIMITS,
  })
})

afterAll(async () => {
  await http.close()
  await web.close()
})

const hops = (path: string) => http.fetch(`http://${FAULTY}${path}`, never)
const last = async (path: string) => (await hops(path)).at(-1)!
const text = (capture: Capture) => Buffer.from(capture.body).toString()

describe('a page over HTTP', () => {
  it('is a capture of the bytes, named by their digest', async () => {
    const capture = await last('/whole')
    expect(text(capture)).toBe(WHOLE)
    expect(capture).toMatchObject({
      digest: digestOf(Buffer.from(WHOLE)),
      input: `http://${FAULTY}/whole`,
      url: `http://${FAULTY}/whole`,
      finalUrl: `http://${FAULTY}/whole`,
      capturedAt: '2026-01-02T03:04:05.678Z',
      capturedAtBasis: 'observed',
      method: 'http',
      status: 200,
      mediaType: 'text/html',
      truncated: null,
    })
  })

  it('is asked for under an honest name with a contact, without cookies', async () => {
    await last('/cookie')
    await last('/whole')
    const { headers } = web.requests.at(-1)!
    expect(headers['user-agent']).toBe('Unspool/1.2.3 (+https://unspool.example/; contact archivist@library.example)')
    expect(headers['cookie']).toBeUndefined()
  })

  it('keeps header names as sent and no secret', async () => {
    const capture = await last('/cookie')
    expect(capture.headers).toContainEqual(['X-Made-By', 'hand'])
    expect(capture.redactedHeaders).toEqual(['set-cookie'])
    expect(JSON.stringify(capture.headers)).not.toContain('canary')
  })

  it('keeps bytes of a wrong charset as they are', async () => {
    expect(Buffer.from((await last('/wrong-charset')).body).toString('latin1')).toContain('naïve café')
  })
})

describe('content encodings', () => {
  it('are undone', async () => {
    expect(await last('/gzip')).toMatchObject({ truncated: null })
    expect(text(await last('/gzip'))).toBe(WHOLE)
  })

  it('that are cut keep what came and say so', async () => {
    const capture = await last('/gzip-cut')
    expect(capture.truncated).toBe('disconnect')
    expect(capture.body.length).toBeGreaterThan(0)
    expect(WHOLE.startsWith(text(capture))).toBe(true)
  })

  it('that explode are stopped at the ratio', async () => {
    const capture = await last('/gzip-bomb')
    expect(capture.truncated).toBe('length')
    expect(capture.body.length).toBeLessThan(8 * 1024 * 1024)
  })

  it('that lie or pile up leave the bytes as sent', async () => {
    expect(text(await last('/gzip-lie'))).toBe(WHOLE)
    expect([...(await last('/gzip-six')).body.subarray(0, 2)]).toEqual([0x1f, 0x8b])
  })
})

describe('redirects', () => {
  it('are one capture a hop, the page last', async () => {
    const found = await hops('/redirect')
    expect(found.map(({ status, url, finalUrl }) => [status, url, finalUrl])).toEqual([
      [301, `http://${FAULTY}/redirect`, `http://${FAULTY}/redirect`],
      [302, `http://${FAULTY}/redirect`, `http://${FAULTY}/redirect-2`],
      [200, `http://${FAULTY}/redirect`, 'http://other.example/landed'],
    ])
  })

  it.each([
    ['/self', 'circle'],
    ['/loop-a', 'circle'],
    ['/hops-0', 'more than 5 redirects'],
    ['/to-file', 'only http and https'],
    ['/to-password', 'user name or password'],
    ['/to-private', `http://${FAULTY}/to-private → http://10.0.0.1/admin: 10.0.0.1 is not a public address`],
  ])('%s are refused: %s', async (path, message) => {
    await expect(hops(path)).rejects.toThrow(RefusedError)
    await expect(hops(path)).rejects.toThrow(message)
  })
})

describe('limits', () => {
  it('stop a body that is too long', async () => {
    const capture = await last('/huge')
    expect(capture).toMatchObject({ truncated: 'length' })
    expect(capture.body.length).toBe(LIMITS.rawBytes)
  })

  it('stop a drip, and keep it', async () => {
    const capture = await last('/drip')
    expect(capture.truncated).toBe('time')
    expect(capture.body.length).toBeGreaterThan(5)
  })

  it('mark a body shorter than promised', async () => {
    const capture = await last('/short')
    expect(capture).toMatchObject({ truncated: 'disconnect' })
    expect(text(capture)).toBe(WHOLE.slice(0, 1000))
  })

  it.each(['/silent', '/reset', '/not-http', '/long-head'])('%s is a failure to try again', async (path) => {
    await expect(hops(path)).rejects.toThrow(TransientFetchError)
  })

  it('hold while a name is being resolved', async () => {
    const mute = createHttpFetcher({
      reach: { allowPrivate: [], route: null, lookup: (() => undefined) as never },
      userAgent: 'test',
      now: () => new Date(0),
      limits: { totalMs: 50 },
    })
    await expect(mute.fetch('http://mute.example/', never)).rejects.toThrow('no whole answer within 0.05 s')
  })

  it('obey the person at once', async () => {
    const stop = new AbortController()
    const pending = http.fetch(`http://${FAULTY}/drip`, stop.signal)
    setTimeout(() => stop.abort(new Error('enough')), 50)
    await expect(pending).rejects.toThrow('enough')
  })
})

describe('statuses', () => {
  it('are observations, explained on request', async () => {
    expect(explainStatus(await last('/whole'))).toBeNull()
    expect(explainStatus(await last('/forbidden'))).toMatchObject({ name: 'RefusedError' })
    expect(explainStatus(await last('/gone'))).toMatchObject({ name: 'NotUnderstoodError' })
    expect(explainStatus(await last('/to-nowhere'))?.message).toMatch('answered 302, "go elsewhere", and does not say')
    expect(explainStatus(await last('/down'))).toMatchObject({ name: 'TransientFetchError', retryAfterMs: null })
    expect(explainStatus(await last('/busy'))).toMatchObject({ name: 'TransientFetchError', retryAfterMs: 120_000 })
  })

  it.each([
    ['120', 120_000],
    ['0', 0],
    ['60, 120', 120_000],
    ['99999999999', 86_400_000],
    ['Mon, 02 Nov 2099 10:00:00 GMT', 86_400_000],
    ['Mon, 02 Nov 2020 10:00:00 GMT', 0],
    ['-5', null],
    ['1.5', null],
    ['soon', null],
  ])('take a Retry-After of %s for %s ms', async (value, ms) => {
    expect(retryAfterMs({ ...(await last('/busy')), headers: [['Retry-After', value]] })).toBe(ms)
  })

  it("measure a Retry-After date by the server's own clock", async () => {
    expect(retryAfterMs(await last('/busy-until'))).toBe(60_000)
  })
})
