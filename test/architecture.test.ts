// Who may import whom. The table is the law; the first case reads every import in src/ and names offenders, the second
// asserts that the table and the folders are the same set.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

interface Rule {
  readonly ours: readonly string[]
  readonly outside: readonly string[]
}

/**
 * `node:` built-ins are listed as outside packages too: a pure part has none but `node:module`, which loads late what
 * few inputs need.
 */
const LAYERS: Readonly<Record<string, Rule>> = {
  model: { ours: [], outside: [] },
  post: { ours: ['model'], outside: [] },
  version: { ours: [], outside: [] },
  errors: { ours: [], outside: [] },
  fixity: { ours: ['model'], outside: ['node:crypto'] },
  grouping: { ours: [], outside: [] },
  wording: { ours: [], outside: [] },
  folders: { ours: [], outside: ['node:fs', 'node:path'] },
  url: { ours: ['model'], outside: [] },
  bare: { ours: [], outside: [] },
  charset: { ours: [], outside: [] },
  mime: { ours: [], outside: [] },
  markup: { ours: ['model', 'errors', 'grouping'], outside: ['htmlparser2', 'css-select', 'css-what', 'domhandler'] },
  text: {
    ours: ['model', 'markup', 'url'],
    outside: [
      'hast-util-sanitize',
      'hast-util-to-html',
      'hast-util-to-mdast',
      'dom-serializer',
      'mathml-to-latex',
      'micromark',
      'domhandler',
      'hast',
      'mdast',
      'node:module',
    ],
  },
  fetch: {
    ours: ['model', 'errors', 'fixity', 'url', 'mime', 'version', 'wording'],
    outside: [
      'undici',
      'ipaddr.js',
      'puppeteer-core',
      'p-queue',
      'robots-parser',
      '@sparticuz/chromium',
      'yauzl',
      'tar-stream',
      'yaml',
      'node:*',
    ],
  },
  adapters: {
    ours: ['model', 'post', 'errors', 'url', 'text', 'markup', 'charset', 'mime', 'bare'],
    outside: [
      'domhandler',
      '@mozilla/readability',
      'csv-parse',
      'linkedom',
      '@ipld/dag-cbor',
      'multiformats',
      'node:module',
    ],
  },
  unroll: { ours: ['model', 'post', 'grouping'], outside: ['node:module'] },
  archive: {
    ours: ['model', 'post', 'errors', 'fixity', 'folders', 'url', 'bare', 'grouping'],
    outside: [
      'better-sqlite3',
      'better-sqlite3-13',
      'node:module',
      'node:zlib',
      'node:fs',
      'node:path',
      'node:os',
      'node:url',
      'node:util',
    ],
  },
  crawl: {
    ours: ['model', 'errors', 'fixity', 'url', 'fetch', 'archive', 'wording'],
    outside: ['smol-toml', 'croner', 'node:events', 'node:timers'],
  },
  export: {
    ours: ['model', 'text', 'errors', 'version', 'fixity', 'folders', 'grouping'],
    outside: ['mdast-util-to-markdown', 'mdast-util-math', 'mdast', 'yazl', 'node:fs', 'node:path', 'node:stream'],
  },
  pipeline: {
    ours: ['model', 'errors', 'fixity', 'url', 'fetch', 'adapters', 'unroll', 'archive', 'export'],
    outside: ['node:v8'],
  },
  workers: {
    ours: ['model', 'errors', 'fixity', 'fetch', 'pipeline', 'unroll', 'export'],
    outside: ['node:worker_threads', 'node:os', 'node:v8', 'node:fs'],
  },
  cli: {
    ours: [
      'model',
      'errors',
      'version',
      'pipeline',
      'workers',
      'archive',
      'crawl',
      'export',
      'fetch',
      'grouping',
      'wording',
    ],
    outside: ['commander', 'diff', 'node:child_process', 'node:fs', 'node:path', 'node:stream', 'node:v8'],
  },
  bin: { ours: ['cli', 'errors', 'version'], outside: ['node:process'] },
}

const SRC = join(import.meta.dirname, '../src')
const IMPORT =
  /(?:^(?:import|export)\s+(?:type\s+)?(?:[\w$*{},\s]+\sfrom\s+)?|\b(?:import|require)\(\s*)['"]([^'"]+)['"]/gm

function listFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? listFiles(path) : path.endsWith('.ts') ? [path] : []
  })
}

/**
 * `src/adapters/x/answers/api.ts` and `src/adapters` are the part `adapters`; `src/text/markdown.ts` belongs to `text`.
 */
function partOf(path: string): string {
  const first = relative(SRC, path).split('/')[0] ?? ''
  return first.replace(/\.ts$/, '')
}

function packageOf(specifier: string): string {
  const words = specifier.split('/')
  return specifier.startsWith('@') ? words.slice(0, 2).join('/') : (words[0] ?? specifier)
}

function isAllowedOutside(rule: Rule, specifier: string): boolean {
  if (specifier.startsWith('node:'))
    return rule.outside.includes('node:*') || rule.outside.includes(specifier.split('/')[0] ?? '')
  return rule.outside.includes(packageOf(specifier))
}

function offencesIn(path: string): string[] {
  const part = partOf(path)
  const rule = LAYERS[part]
  if (rule === undefined) return [`${relative(SRC, path)}: no rule for the part ${part}`]
  const found = [...readFileSync(path, 'utf8').matchAll(IMPORT)].map((match) => match[1] ?? '')
  return found.flatMap((specifier) => {
    const target = specifier.startsWith('.') ? partOf(join(path, '..', specifier)) : null
    const allowed = target === null ? isAllowedOutside(rule, specifier) : target === part || rule.ours.includes(target)
    return allowed ? [] : [`${relative(SRC, path)} imports ${specifier}`]
  })
}

describe('architecture', () => {
  const files = listFiles(SRC)

  it('lets each part import only what the table allows', () => {
    expect(files.flatMap(offencesIn)).toEqual([])
  })

  it('has a rule for each part and a part for each rule', () => {
    expect(new Set(files.map(partOf))).toEqual(new Set(Object.keys(LAYERS)))
  })

  it('never asks URL.canParse, which lies in Node 20 (see urlOf in url.ts)', () => {
    const calls = files.filter((path) => readFileSync(path, 'utf8').includes('URL.canParse('))
    expect(calls.map((path) => relative(SRC, path))).toEqual([])
  })

  it('keeps outside packages in one home', () => {
    const homes = new Map<string, Set<string>>()
    for (const path of files)
      for (const [, specifier = ''] of readFileSync(path, 'utf8').matchAll(IMPORT)) {
        if (specifier.startsWith('.') || specifier.startsWith('node:')) continue
        const name = packageOf(specifier)
        homes.set(name, (homes.get(name) ?? new Set()).add(partOf(path)))
      }
    const shared = [...homes].filter(([name, parts]) => parts.size > 1 && !TYPES_ONLY.has(name))
    expect(shared.map(([name, parts]) => `${name}: ${[...parts].join(', ')}`)).toEqual([])
  })

  it('loads no package by import(), of which the build gives another shape than Node: a file of ours is loaded late', () => {
    const late = files.filter((path) => LATE_PACKAGE.test(readFileSync(path, 'utf8')))
    expect(late.map((path) => relative(SRC, path))).toEqual([])
  })

  it('has no getters and no WeakMaps: what they lead to, V8 keeps until it collects everything (11.3)', () => {
    // The script that runs in a page is the page's matter.
    const pure = files.filter((path) => !path.endsWith('page-script.ts'))
    const keeping = pure.filter((path) => KEEPER.test(readFileSync(path, 'utf8')))
    expect(keeping.map((path) => relative(SRC, path))).toEqual([])
  })

  it('looks at the same cases of a law on every machine: tests have fast-check from laws.ts alone', () => {
    const tests = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((path) =>
      TEST.test(path),
    )
    const own = tests.filter((path) => FAST_CHECK.test(readFileSync(join(import.meta.dirname, path), 'utf8')))
    expect(own).toEqual(['laws.ts'])
  })

  it('keeps adapters strangers to each other', () => {
    const inAdapters = files.filter((path) => partOf(path) === 'adapters')
    const adapters = new Set(inAdapters.filter(isAdapter))
    // The list of all, and who asks them in turn.
    const above = ['index.ts', 'reading.ts'].map((name) => join(SRC, 'adapters', name))
    const offences = inAdapters
      .filter((path) => !above.includes(path))
      .flatMap((path) =>
        [...readFileSync(path, 'utf8').matchAll(IMPORT)]
          .map(([, specifier = '']) => join(path, '..', specifier))
          .filter((other) => adapters.has(other))
          .map((other) => `${relative(SRC, path)} imports ${relative(SRC, other)}`),
      )
    expect(offences).toEqual([])
  })

  it('runs in no circle, types included: each file can be read knowing only those it imports', () => {
    const imports = new Map(
      files.map((path) => [
        path,
        [...readFileSync(path, 'utf8').matchAll(STATIC_IMPORT)].map(([, other = '']) => join(path, '..', other)),
      ]),
    )
    // Takes away what imports nothing that is left; what cannot be taken away runs in circles or leads into one.
    for (let before = 0; before !== imports.size; ) {
      before = imports.size
      for (const [path, others] of imports) if (!others.some((other) => imports.has(other))) imports.delete(path)
    }
    expect([...imports.keys()].map((path) => relative(SRC, path))).toEqual([])
  })

  it('has no file over 350 lines and no drawer for odds and ends', () => {
    const long = files.filter((path) => readFileSync(path, 'utf8').split('\n').length > 351)
    expect(long.map((path) => relative(SRC, path))).toEqual([])
    expect(files.filter((path) => /(utils?|helpers?|misc|common)(\/|\.ts$)/.test(path))).toEqual([])
  })

  it('keeps the rooms of the engine small: where to look is told by their names', () => {
    const rooms = new Map<string, number>()
    for (const path of files)
      if (partOf(path) === 'unroll') rooms.set(dirname(path), (rooms.get(dirname(path)) ?? 0) + 1)
    const crowded = [...rooms].filter(([, size]) => size > MOST_IN_ROOM)
    expect(crowded.map(([room, size]) => `${relative(SRC, room)}: ${size} files`)).toEqual([])
  })

  it('keeps nothing at the top level but what is agreed', () => {
    const root = join(SRC, '..')
    const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n')
    const top = new Set(tracked.filter((path) => path !== '').map((path) => path.split('/')[0] ?? ''))
    expect([...top].filter((name) => !TOP_LEVEL.has(name))).toEqual([])
  })

  it('opens each file with a comment that says what it is', () => {
    const silent = files.filter((path) => !/^(#!.*\n)?\/\//.test(readFileSync(path, 'utf8')))
    expect(silent.map((path) => relative(SRC, path))).toEqual([])
  })

  it('has comments no wider than its code', () => {
    const wide = files.flatMap((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .flatMap((line, at) => (COMMENT.test(line) && line.length > 120 ? [`${relative(SRC, path)}:${at + 1}`] : [])),
    )
    expect(wide).toEqual([])
  })

  it('names no file in its comments that is not there', () => {
    const root = join(SRC, '..')
    const there = execFileSync('git', ['ls-files', 'src', 'test', 'archive'], { cwd: root, encoding: 'utf8' }).split(
      '\n',
    )
    const lost = files.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(NAMED_FILE)]
        .map(([, name = '']) => name)
        .filter((name) => !there.some((other) => other.endsWith(`/${name}`) || other === name))
        .map((name) => `${relative(SRC, path)} names ${name}`),
    )
    expect(lost).toEqual([])
  })

  it('writes to the console in one place only, and swallows no error', () => {
    const loud = files.filter((path) => partOf(path) !== 'bin' && /\bconsole\.\w+\(/.test(readFileSync(path, 'utf8')))
    const swallowing = files.filter((path) => /catch\s*(\([^)]*\))?\s*\{\s*\}/.test(readFileSync(path, 'utf8')))
    expect([...loud, ...swallowing].map((path) => relative(SRC, path))).toEqual([])
  })
})

const TOP_LEVEL = new Set([
  ...['src', 'archive', 'fixtures', 'test', 'package.json', 'tsconfig.json', 'README.md'],
  ...['package-lock.json', 'CHANGELOG.md', 'LICENSE', 'biome.json', '.gitignore', '.gitattributes', '.ci'],
])

const MOST_IN_ROOM = 12

/** A file of ours that another one needs to be read or run; what is loaded late is not. */
const STATIC_IMPORT = /^(?:import|export)\s[^'"]*\sfrom\s+'(\.[^']+)'/gm

/** Of a CommonJS package the bundle has `default` alone. */
const LATE_PACKAGE = /\bimport\(\s*'(?!\.|node:)/
const TEST = /\.ts$/
const FAST_CHECK = /^import .* from 'fast-check'$/m
const KEEPER = /^\s+get \w+\(\)|\bnew WeakMap\b/m

/** A line that is nothing but a comment, or a part of one. */
const COMMENT = /^\s*(?:\/\/|\/\*|\* )/

/** A path of ours inside a line of a comment. */
const NAMED_FILE = /^\s*(?:\/\/|\/?\*).*?(?<![\w./-])((?:[\w-]+\/)+[\w-]+(?:\.test)?\.ts)\b/gm

/** Packages that share only types between parts: the node classes of the HTML tree. */
const TYPES_ONLY = new Set(['domhandler', 'hast', 'mdast'])

function isAdapter(path: string): boolean {
  return /^export const \w+: Adapter\b/m.test(readFileSync(path, 'utf8'))
}
