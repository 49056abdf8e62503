// Figures on real posts beside the repository (`../shared`), printed for people. Skipped where that folder is absent.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { acceptMarkers, type NumberedText } from '../../src/unroll/families.ts'
import { findMarkers } from '../../src/unroll/markers.ts'

const SHARED = join(import.meta.dirname, '../../../shared')
const CASES = join(SHARED, 'tangle/marker-cases.json')
const ARCHIVES = ['AlliePinnell__FinalTwitterBackup', 'alrocar__x'].map((name) => join(SHARED, 'real/x-archive', name))

interface Case {
  readonly text: string
  readonly n: number | null
  readonly total: number | null
}

interface Tweet {
  readonly id_str: string
  readonly full_text: string
  readonly created_at: string
  readonly in_reply_to_status_id_str?: string
}

const FILLERS = ['The bridge was built twice.', 'Nobody had asked the ferryman.', 'So the town paid for it again.']
const MINUTE_MS = 60_000
const START_MS = Date.UTC(2026, 0, 5)

/** The case between its neighbours of the same form, as one author writes them minutes apart. */
function documentAround(one: Case, author: string, timed: boolean): NumberedText[] {
  const marker = findMarkers(one.text).find((found) => found.number === one.n && found.total === one.total)
  if (marker === undefined) return []
  const own = one.text.slice(marker.start, marker.end)
  const texts = [-1, 0, 1].map((step, at) => {
    if (step === 0) return one.text
    const next = renumber(own, (one.n ?? 0) + step)
    return marker.place === 'head' ? `${next} ${FILLERS[at]}` : `${FILLERS[at]} ${next}`
  })
  return texts.map((text, index) => ({ text, author, createdAt: timed ? at(index) : null, index }))
}

/** The marker's text with another number in its first run of digits; other scripts keep their form. */
function renumber(own: string, number: number): string {
  const digits = /\p{Nd}+/u.exec(own)?.[0] ?? ''
  const han = /[一二三]/u.exec(own)?.[0]
  if (han !== undefined) return own.replace(han, '〇一二三四五'[number] ?? '')
  if (digits === '') return String.fromCodePoint((own.codePointAt(0) ?? 0) + 1)
  const zero = (digits.codePointAt(0) ?? 0) - Number(findMarkers(`${digits}/`)[0]?.number ?? 0)
  const ascii = /\d/.test(digits)
  const written = [...String(number)].map((d) => (ascii ? d : String.fromCodePoint(zero + Number(d)))).join('')
  return own.replace(digits, written)
}

function at(index: number): string {
  return new Date(START_MS + index * 3 * MINUTE_MS).toISOString()
}

function isRight(one: Case, found: { number: number | null; total: number | null } | null): boolean {
  return found !== null && found.number === one.n && found.total === one.total
}

function readTweets(folder: string): { tweet: Tweet; threaded: boolean }[] {
  const source = readFileSync(join(folder, 'data/tweets.js'), 'utf8')
  const tweets = (JSON.parse(source.slice(source.indexOf('['))) as { tweet: Tweet }[]).map(({ tweet }) => tweet)
  const own = new Set(tweets.map((tweet) => tweet.id_str))
  const answered = new Set(tweets.map((tweet) => tweet.in_reply_to_status_id_str).filter((id) => id !== undefined))
  return tweets.map((tweet) => ({
    tweet,
    threaded: own.has(tweet.in_reply_to_status_id_str ?? '') || answered.has(tweet.id_str),
  }))
}

describe.skipIf(!existsSync(CASES))('hostile marker cases', () => {
  const cases = existsSync(CASES) ? (JSON.parse(readFileSync(CASES, 'utf8')) as Case[]) : []
  const numbered = cases.filter((one) => one.n !== null)
  const plain = cases.filter((one) => one.n === null)

  it('finds the marker among the candidates of one post', () => {
    const listed = numbered.filter((one) => findMarkers(one.text).some((found) => isRight(one, found)))
    const believed = cases.map((one) =>
      findMarkers(one.text).find((found) => found.number !== null && found.prior >= 0.5),
    )
    const right = cases.filter((one, index) => one.n !== null && isRight(one, believed[index] ?? null)).length
    const precision = right / believed.filter((found) => found !== undefined).length
    console.log(
      `one post at a time: listed ${listed.length}/${numbered.length}; prior >= 0.5: P ${precision.toFixed(3)} R ${(right / numbered.length).toFixed(3)}`,
    )
    expect(listed.length / numbered.length).toBeGreaterThanOrEqual(0.95)
  })

  it.each([true, false])('accepts them in a document and leaves the others (times: %s)', (timed) => {
    const threads = numbered.map((one, index) => documentAround(one, `thread${index}`, timed))
    const singles = plain.map(({ text }, index) => ({
      text,
      author: 'single',
      createdAt: timed ? at(index * 700) : null,
      index,
    }))
    const mixed = threads.map((thread, index) => {
      const text = plain[index % plain.length]?.text ?? ''
      return [...thread, { text, author: `thread${index}`, createdAt: timed ? at(4) : null, index: 3 }]
    })
    let [accepted, right, wanted] = [0, 0, 0]
    const tell: string[] = []
    for (const posts of [...mixed, singles]) {
      const found = acceptMarkers(posts)
      posts.forEach((post, index) => {
        const one = cases.find((each) => each.text === post.text)
        const marker = found[index]?.marker ?? null
        if (one === undefined) return
        if (one.n !== null) wanted++
        if (one.n !== null && marker === null) tell.push(`missed: ${post.text}`)
        if (marker === null || marker.number === null) return
        accepted++
        if (isRight(one, marker)) right++
        else tell.push(`wrong: ${post.text} (${found[index]?.why()})`)
      })
    }
    console.log(
      `document pass: P ${(right / accepted).toFixed(3)} R ${(right / wanted).toFixed(3)}\n${[...new Set(tell)].join('\n')}`,
    )
    expect(right / accepted).toBeGreaterThanOrEqual(0.97)
  })
})

describe.skipIf(!ARCHIVES.every(existsSync))('whole timelines', () => {
  it('strips fewer than one wrong marker in a thousand posts outside threads', () => {
    let [outside, stripped] = [0, 0]
    for (const folder of ARCHIVES) {
      const tweets = readTweets(folder)
      const posts = tweets.map(({ tweet }, index) => ({
        text: tweet.full_text,
        author: folder,
        createdAt: new Date(tweet.created_at).toISOString(),
        index,
      }))
      acceptMarkers(posts).forEach(({ marker, why }, index) => {
        if (tweets[index]?.threaded !== false) return
        outside++
        if (marker === null) return
        stripped++
        console.log(`stripped outside a thread: ${JSON.stringify(posts[index]?.text)} (${why()})`)
      })
    }
    console.log(`${stripped} markers stripped in ${outside} posts outside threads`)
    expect(stripped).toBeLessThan(outside / 1000)
  })
})
