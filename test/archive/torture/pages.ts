// Pages to torture an archive with: each a numbered thread by an author of its own, in JSON lines, the same for the same name.

import { sha256 } from '../../../src/fixity.ts'
import type { Capture } from '../../../src/model.ts'
import { makeCapture } from '../samples.ts'

export interface MadePage {
  readonly capture: Capture
  /** Id of the thread in it. */
  readonly thread: string
  readonly posts: number
}

const WORDS = 'lamp oil wick glass tower keeper fog horn tide rope brass ladder storm ledger paint gull'.split(' ')
const MOST_POSTS = 9

export function makePage(name: string): MadePage {
  const dice = Buffer.from(sha256(name), 'hex')
  const posts = 2 + (dice[0]! % (MOST_POSTS - 1))
  const id = (n: number): string => `${dice.readUInt32BE(4)}${100 + n}`
  const lines = Array.from({ length: posts }, (_, at) =>
    JSON.stringify({
      ...{ platform: 'torture', id: id(at + 1), author: `keeper-${name}` },
      createdAt: new Date(Date.UTC(2025, 0, 1, 0, at)).toISOString(),
      text: `${at + 1}/${posts} ${wordsOf(sha256(`${name} ${at}`))}`,
    }),
  )
  const url = `http://torture.example/${name}`
  const changes = { mediaType: 'application/jsonl', headers: [], url, finalUrl: url, input: url }
  return { capture: makeCapture(lines.join('\n'), changes), thread: `torture:${id(1)}`, posts }
}

function wordsOf(hex: string): string {
  return [...Buffer.from(hex, 'hex')].map((byte) => WORDS[byte % WORDS.length]).join(' ')
}
