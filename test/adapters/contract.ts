// What every adapter promises, said once. An adapter's own test file calls describeAdapter(adapter) and adds only what
// is particular to its platform.
import { describe, expect, it, vi } from 'vitest'
import type { Adapter } from '../../src/adapters/adapter.ts'
import { ADAPTERS } from '../../src/adapters/index.ts'
import type { Page } from '../../src/adapters/page/page.ts'
import { rawTextOf, select } from '../../src/markup/markup.ts'
import type { Extraction, Post } from '../../src/model.ts'
import { unrollTogether } from '../../src/pipeline/pipeline.ts'
import { type Case, casesOf, extractPage, pageOf, readExpected } from './cases.ts'
import { expectHarmless, hostileBodies } from './hostile.ts'
import { unrollToMarkdown } from './unrolling.ts'

/** Places at which each fixture is cut. */
const CUTS = 40
/** Share of a post's words that must stand where its provenance points (links are expanded, pictures become words). */
const WORDS_FOUND = 0.9
/** Variants that are unrolled too: what declares its own order must not go round for ever. */
const CIRCULAR = /circle|own parent|id the same|deep, but read/
/** Scripts that hold JSON alone. */
const ISLAND = /^(?:application|text)\/(?:ld\+)?json$/
/** YAML is nobody's markup. */
/** The id of a post that is not here, as code: nothing runs in it. */
const ABSENT_NAME = /^# Replies to (`+)[^`\n]*\1$/gm
const FRONT_MATTER = /^---\n[\s\S]*?\n---\n/
/** 10 MB take some seconds, on a busy machine many. */
const HOSTILE_TIMEOUT_MS = 180_000
const RUNNING = /^(?:array: )?markup/

export function describeAdapter(adapter: Adapter): void {
  describe(`${adapter.name} adapter`, () => {
    describeExamples(adapter)
    for (const fixture of casesOf(adapter.name)) {
      describe(fixture.name, () => {
        describeReading(adapter, fixture)
        describeBadInput(adapter, fixture)
      })
    }
    it('reads nothing, without a throw, out of nothing', () => {
      for (const body of ['', ' \n', '<', '{', '[]', '\u0000'])
        expect(adapter.extract(pageOf(emptyCase(adapter), body)).posts).toEqual([])
    })
  })
}

function describeExamples(adapter: Adapter): void {
  const earlier = ADAPTERS.slice(0, ADAPTERS.indexOf(adapter))
  it.each([...adapter.examples])('locates %s, and no earlier adapter does', (example) => {
    const url = new URL(example)
    expect(adapter.locate(url)).not.toBeNull()
    expect(earlier.filter((other) => other.locate(url) !== null).map(({ name }) => name)).toEqual([])
  })
}

function describeReading(adapter: Adapter, fixture: Case): void {
  if (fixture.browser) {
    it('is not mistaken for a post before its script ran', () => {
      expect(adapter.recognises(pageOf(fixture))).toBe(false)
    })
    return
  }
  it('is recognised by exactly one adapter that is not generic', () => {
    const names = ADAPTERS.filter((other) => !other.generic && other.recognises(pageOf(fixture))).map(
      ({ name }) => name,
    )
    expect(names).toEqual(adapter.generic ? [] : [adapter.name])
  })
  it('gives the expected posts, twice the same, in whatever time zone', () => {
    const extraction = extractPage(pageOf(fixture))
    const { posts, scrapes, declared } = extraction
    expect(posts.length + scrapes.length + (declared.tree?.length ?? 0)).toBeGreaterThan(0)
    vi.stubEnv('TZ', 'America/St_Johns')
    expect(extractPage(pageOf(fixture))).toEqual(extraction)
    vi.unstubAllEnvs()
    const expected = readExpected(fixture, 'posts.json')
    if (expected !== null) expect(JSON.parse(JSON.stringify(extraction))).toEqual(JSON.parse(expected))
  })
  it('keeps its keys unique and its parents on the page', () => {
    const { posts } = adapter.extract(pageOf(fixture))
    const keys = new Set(posts.map(({ key }) => key))
    expect(keys.size).toBe(posts.length)
    for (const { parent } of posts) if (parent?.key) expect(keys).toContain(parent.key)
    expect(posts.map(({ index }) => index)).toEqual(posts.map((_, i) => i))
  })
  it('finds each post again where its provenance points', () => {
    const page = pageOf(fixture)
    for (const post of adapter.extract(page).posts)
      expect(shareFound(post, sourceOf(page, post))).toBeGreaterThanOrEqual(WORDS_FOUND)
  })
  const markdown = readExpected(fixture, 'thread.md')
  it.skipIf(markdown === null)('unrolls to thread.md', async () => {
    expect(await unrollToMarkdown(extractPage(pageOf(fixture)))).toBe(markdown)
  })
}

function describeBadInput(adapter: Adapter, fixture: Case): void {
  it(`survives being cut at ${CUTS} places`, () => {
    for (let i = 0; i < CUTS; i += 1) {
      const body = fixture.body.subarray(0, Math.floor((fixture.body.length * i) / CUTS))
      expectSound(adapter.extract(pageOf(fixture, body)))
    }
  })
  it.each(hostileBodies(fixture))(
    'stays harmless: %s',
    (name, body) => {
      const extraction = adapter.extract(pageOf(fixture, body))
      expectSound(extraction)
      if (CIRCULAR.test(name)) expect(unrollTogether([extraction]).threads.length).toBeGreaterThanOrEqual(0)
    },
    HOSTILE_TIMEOUT_MS,
  )
  it('writes Markdown in which no markup runs', async () => {
    const hostile = hostileBodies(fixture).find(([name]) => RUNNING.test(name))
    if (hostile === undefined) return
    const whole = await unrollToMarkdown(adapter.extract(pageOf(fixture, hostile[1])))
    const markdown = whole.replace(FRONT_MATTER, '').replace(ABSENT_NAME, '')
    expect(markdown).not.toMatch(/(?<!\\)<(?:script|img|svg|iframe|a(?! href="https?:))\b/i)
    expect(markdown).not.toMatch(/\]\(\s*(?:javascript|data):/i)
  })
}

function expectSound(extraction: Extraction): void {
  expect(Array.isArray(extraction.notes)).toBe(true)
  for (const { text } of extraction.posts) expect(typeof text).toBe('string')
  expectHarmless(extraction)
}

/** Meta's exports write each byte of a text as a character: the same place, read back. */
function withReadBack(source: string): string {
  return `${source} ${Buffer.from(source, 'latin1').toString()}`
}

/**
 * The words at the place a post names: element, JSON value or lines (in a binary file all), with the addresses in
 * attributes.
 */
function sourceOf(page: Page, { provenance }: Post): string {
  if (page.kind === 'binary') return new TextDecoder().decode(page.capture.body)
  if (provenance.selector !== null) {
    const found = select(provenance.selector, (page.kind === 'xml' ? page.xml() : page.html()).root)
    expect(found).toHaveLength(1)
    const [element] = found
    if (provenance.path !== null && ISLAND.test(element?.attribs['type'] ?? ''))
      return JSON.stringify(atPointer(islandOf(element), provenance.path))
    const addresses =
      element === undefined ? [] : [element, ...select('*', element)].flatMap(({ attribs }) => Object.values(attribs))
    const words = element === undefined ? '' : element.name === 'script' ? scriptOf(element) : rawTextOf(element)
    return [words, nextText(element), ...addresses].join(' ')
  }
  if (provenance.path !== null) return withReadBack(JSON.stringify(atPointer(page.json(), provenance.path)))
  const lines = page.text.split(/\r\n|\r|\n/)
  return lines.slice((provenance.line ?? 1) - 1, provenance.endLine ?? provenance.line ?? lines.length).join('\n')
}

/** The JSON that a script of a page holds. */
function islandOf(script: ReturnType<typeof select>[number] | undefined): unknown {
  return JSON.parse(script === undefined ? 'null' : scriptOf(script))
}

function scriptOf({ children }: ReturnType<typeof select>[number]): string {
  return children.map((child) => ('data' in child ? child.data : '')).join('')
}

/** The words of a `dt`'s comment stand in the `dd` behind it. */
function nextText(element: ReturnType<typeof select>[number] | undefined): string {
  if (element?.name !== 'dt') return ''
  const siblings = element.parent?.children ?? []
  const dd = siblings.slice(siblings.indexOf(element)).find((node) => 'name' in node && node.name === 'dd')
  return dd !== undefined && 'children' in dd ? rawTextOf(dd) : ''
}

/** RFC 6901. */
function atPointer(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((at, part) => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
      return typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined
    }, value)
}

function shareFound({ text }: Post, source: string): number {
  const words = text.match(/[\p{L}\p{N}]{2,}/gu) ?? []
  const plain = source.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
  return words.length === 0 ? 1 : words.filter((word) => plain.includes(word)).length / words.length
}

function emptyCase(adapter: Adapter): Case {
  return {
    platform: adapter.name,
    name: 'empty',
    folder: '',
    url: null,
    capturedAt: '2026-01-01T00:00:00.000Z',
    headers: [],
    browser: false,
    kind: 'txt',
    body: new Uint8Array(),
  }
}
