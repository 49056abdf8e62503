// What posts are about, as directions in a small space: the meanings of a post's words summed up, less what all posts
// of the bag have in common. It knows English words; of a bag or post in another language it says nothing.
import { createRequire } from 'node:module'
import { ENGLISH } from './common-words.ts'
import type { Words } from './words.ts'

/** The package's name for word-meanings.json: the same from source and from the bundle (package.json, "imports"). */
const TABLE = '#word-meanings'
/** Of the table's rows, in bytes. */
const DIMENSIONS = 64

/** Larger bags are matched once, without a look at what posts mean: it would cost more than it tells. */
const MOST_POSTS = 400

/** Only this much of a post is read, in UTF-16 code units: an article must not cost more than a post. */
const READ_LIMIT = 4000
const LINK = /https?:\/\/\S+/g
const WORD = /[a-z]{3,}/g

/** Cosine of two posts' directions, -1 to 1; 0 when one of them has none. */
export type Meaning = (i: number, j: number) => number

const NO_MEANING: Meaning = () => 0
/** The direction of a post whose words are not known. */
const NOWHERE = new Float32Array(DIMENSIONS)

/**
 * @param texts of the posts of one bag, without their markers
 * @param words of the same posts
 */
export function compareMeanings(texts: readonly string[], words: readonly Words[]): Meaning {
  if (texts.length > MOST_POSTS || !isEnglish(words)) return NO_MEANING
  const posts = texts.map((text, at) => ((words[at]?.language ?? 0) > ENGLISH ? NOWHERE : addUp(text)))
  const middle = findMiddle(posts.filter((post) => post !== NOWHERE))
  const directions = posts.map((post) => (post === NOWHERE ? post : toUnit(post.map((x, d) => x - middle[d]!))))
  return (i, j) => multiply(directions[i]!, directions[j]!)
}

/** What all posts have in common says nothing of which belong together. */
function findMiddle(posts: readonly Float32Array[]): Float32Array {
  const middle = new Float32Array(DIMENSIONS)
  for (const post of posts) for (let d = 0; d < DIMENSIONS; d++) middle[d]! += post[d]! / posts.length
  return middle
}

/** Whether most posts whose language can be told are English; so are posts too short to tell. */
function isEnglish(words: readonly Words[]): boolean {
  const told = words.filter((post) => post.language >= 0)
  return told.filter((post) => post.language === ENGLISH).length * 2 >= told.length
}

function addUp(text: string): Float32Array {
  const { rows, vectors } = readTable()
  const sum = new Float32Array(DIMENSIONS)
  for (const word of new Set(text.slice(0, READ_LIMIT).replace(LINK, ' ').toLowerCase().match(WORD))) {
    const row = rows.get(word)
    if (row !== undefined) for (let d = 0; d < DIMENSIONS; d++) sum[d]! += vectors[row * DIMENSIONS + d]!
  }
  return toUnit(sum)
}

function toUnit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(multiply(vector, vector))
  return length === 0 ? NOWHERE : vector.map((x) => x / length)
}

function multiply(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let d = 0; d < DIMENSIONS; d++) sum += a[d]! * b[d]!
  return sum
}

interface Table {
  readonly rows: ReadonlyMap<string, number>
  readonly vectors: Int8Array
}

let table: Table | null = null

/** What word-meanings.json says, and by whom it is. */
interface Written {
  /** By falling frequency, parted by spaces. */
  readonly words: string
  /** Signed bytes, a row for each word, in base64. */
  readonly vectors: string
}

/** Loaded when the first bag needs it: most inputs never do, and it would be a tenth of what a page costs. */
function readTable(): Table {
  table ??= unpack(createRequire(import.meta.url)(TABLE) as Written)
  return table
}

function unpack({ words, vectors }: Written): Table {
  return {
    rows: new Map(words.split(' ').map((word, row) => [word, row])),
    vectors: Int8Array.from(atob(vectors), (byte) => byte.charCodeAt(0)),
  }
}
