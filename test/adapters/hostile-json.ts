// JSON that wants to hurt: wrong types at every key, parents in a circle, nesting to the limit and past it, keys that
// reach for prototypes, and strings of 10 MB. For whole files, one object a line, and scripts that assign an array.

const DEEP = 100_000
/** Below the depth at which reading refuses JSON: whoever walks it must not recurse. */
const DEEP_BUT_READ = 9_000
const ENDLESS_LENGTH = 10_000_000
/** `constructor` is a key of every object: a table asked for it must not answer. */
const WRONG = [
  null,
  7,
  'x',
  'constructor',
  true,
  [],
  {},
  [null],
  { __proto__: null, a: 1 },
  1e12,
  -1e308,
  '2026-99-99T99:99:99Z',
]
const MAX_PLACES = 60
const TEXT_KEY = /^(?:text|full_text|content|body|rendered|cooked|message|html|title)$/
const OWN_KEY = /^(?:id|id_str|uri|name|post_number|rest_id|key)$/
const PARENT_KEY = /parent|in_?reply_?to(?!.*(?:user|screen|account))|reply_to_post|^root$/i
const DEEP_NAME = /deep|without end/
const SCRIPT_HEAD = /^[^[]*=\s*/

type Variant = [name: string, body: string]

/** Variants of one JSON file; `runs` is markup that must not come out. */
export function hostileJson(json: string, runs: string): Variant[] {
  const value: unknown = JSON.parse(json)
  const keys = [...new Set([...json.matchAll(/"([\w@$-]+)"\s*:/g)].map((match) => match[1] as string))]
  return [
    ...wrongTypes(value, keys.slice(0, MAX_PLACES)),
    ['__proto__ everywhere', json.replace(/\{/g, '{"__proto__":{"polluted":1},').replace(/,\}/g, '}')],
    [
      'constructor everywhere',
      json.replace(/\{/g, '{"constructor":{"prototype":{"polluted":1}},').replace(/,\}/g, '}'),
    ],
    ['markup in every string', rewrite(value, (_, old) => (typeof old === 'string' ? `${old}${runs}` : old))],
    ['everyone their own parent', rewrite(value, selfParent)],
    ['parents in a circle', circle(value)],
    ['every id the same', rewrite(value, (key, old) => (OWN_KEY.test(key) && isScalar(old) ? sameKind(old) : old))],
    ['one endless text', endless(value)],
    ['nested deep', `${'['.repeat(DEEP)}${json}${']'.repeat(DEEP)}`],
    ['nested deep, but read', `${'{"data":['.repeat(DEEP_BUT_READ / 2)}${json}${']}'.repeat(DEEP_BUT_READ / 2)}`],
    ...keys.filter((key) => /repl|children|parent|embed|quote|data|content|items|object/i.test(key)).map(nestAt),
  ]

  function nestAt(key: string): Variant {
    const hole = '"@hole@"'
    const nest = `${`{"${key}":[`.repeat(DEEP_BUT_READ / 2)}${']}'.repeat(DEEP_BUT_READ / 2)}`
    const body = rewrite(value, (name, old) => (name === key ? '@hole@' : old))
    return [`${key} in ${key} without end`, body.replace(hole, nest)]
  }
}

/** The same, one object a line. */
export function hostileRows(rows: string, runs: string): Variant[] {
  const good = rows.split('\n').filter((row) => isJson(row))
  const array = `[${good.join(',')}]`
  const toLines = (body: string) => (body.startsWith('[{') && isJson(body) ? toRows(body) : `${body}\n${rows}`)
  return hostileJson(array, runs).map(
    ([name, body]): Variant => [name, DEEP_NAME.test(name) ? `${body}\n${rows}` : toLines(body)],
  )
}

/** The same, in a script that assigns the array. */
export function hostileScript(script: string, runs: string): Variant[] {
  const head = SCRIPT_HEAD.exec(script)?.[0] ?? ''
  return hostileJson(script.slice(head.length), runs).map(([name, body]): Variant => [`array: ${name}`, head + body])
}

function wrongTypes(value: unknown, keys: readonly string[]): Variant[] {
  return keys.flatMap((key) =>
    WRONG.map(
      (wrong): Variant => [
        `${key} is ${JSON.stringify(wrong)}`,
        rewrite(value, (name, old) => (name === key ? wrong : old)),
      ],
    ),
  )
}

function rewrite(value: unknown, change: (this: unknown, key: string, old: unknown) => unknown): string {
  return JSON.stringify(value, change)
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

function sameKind(old: string | number): string | number {
  return typeof old === 'number' ? 7 : '7'
}

function ownId(fields: unknown): string | number | undefined {
  const entries = Object.entries(fields as object)
  return entries.find(([key, value]) => OWN_KEY.test(key) && isScalar(value))?.[1]
}

function selfParent(this: unknown, key: string, old: unknown): unknown {
  return PARENT_KEY.test(key) && (isScalar(old) || old === null) ? (ownId(this) ?? old) : old
}

/** Each post answers the next one of the file, and the last the first. */
function circle(value: unknown): string {
  const ids: (string | number)[] = []
  rewrite(value, function collect(key, old) {
    if (PARENT_KEY.test(key) && isScalar(ownId(this) ?? {})) ids.push(ownId(this) as string)
    return old
  })
  let at = 0
  return rewrite(value, function turn(key, old) {
    if (!PARENT_KEY.test(key) || !(isScalar(old) || old === null) || ids.length === 0) return old
    at += 1
    return ids[at % ids.length]
  })
}

/** The first text of the file grows to 10 MB. */
function endless(value: unknown): string {
  let isDone = false
  return rewrite(value, (key, old) => {
    if (isDone || !TEXT_KEY.test(key) || typeof old !== 'string') return old
    isDone = true
    return old + ' endless'.repeat(ENDLESS_LENGTH / 8)
  })
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function toRows(array: string): string {
  const value: unknown = JSON.parse(array)
  return Array.isArray(value) ? value.map((row) => JSON.stringify(row)).join('\n') : array
}
