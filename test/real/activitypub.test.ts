// ActivityPub and the Mastodon API on captures of real answers and an account's export, which live beside the
// repository and not in it. Prints what became of each file.
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ADAPTERS, adapterFor } from '../../src/adapters/index.ts'
import { extractPage } from '../adapters/cases.ts'
import { filesUnder, pageAt, pageOfBytes, REAL } from './files.ts'

const OWN = ['activitypub', 'mastodon']

/** Every inReplyTo in the JSON, by the object's id. */
function declaredParents(value: unknown, found = new Map<string, string>()): Map<string, string> {
  if (typeof value !== 'object' || value === null) return found
  const { id, inReplyTo } = value as Readonly<Record<string, unknown>>
  if (typeof id === 'string' && typeof inReplyTo === 'string') found.set(id, inReplyTo)
  for (const part of Object.values(value)) declaredParents(part, found)
  return found
}

function capturesOf(kind: string): (readonly [name: string, path: string])[] {
  return filesUnder(join(REAL, kind)).map((path) => [basename(path), path])
}

describe.skipIf(!existsSync(REAL))('ActivityPub captures', () => {
  const files = ['activitypub', 'mastodon-archive', 'mastodon-api'].flatMap(capturesOf)

  it.each(files)('%s is read or refused with a reason', (name, path) => {
    const page = pageAt(path)
    const adapter = adapterFor(page)?.name ?? 'none'
    expect(ADAPTERS.filter((other) => !other.generic && other.recognises(page)).length).toBeLessThanOrEqual(1)
    const { posts, notes } = extractPage(page)
    const truth = adapter === 'activitypub' ? declaredParents(page.json()) : new Map<string, string>()
    const right = posts.filter(
      ({ ref, parent }) => parent !== null && truth.get(ref?.id ?? '') === parent.ref?.id,
    ).length
    const codes = notes.map(({ code }) => code).join(' ')
    const kind = (page.json() as { type?: string } | undefined)?.type ?? page.kind
    const row = [name.slice(0, 44).padEnd(44), String(kind).padEnd(18), adapter.padEnd(11)]
    console.log(`${row.join(' ')} posts ${posts.length}, parents ${right} of ${truth.size}; ${codes}`)
    if (adapter === 'activitypub') expect(right).toBe(truth.size)
    if (posts.length === 0 && OWN.includes(adapter)) expect(codes).not.toBe('')
  })

  const outbox = capturesOf('mastodon-archive').find(([name]) => name === 'outbox.json')?.[1]

  it.skipIf(outbox === undefined)('an export: posts, answers to oneself, edits and warnings as counted by hand', () => {
    const { posts, notes } = extractPage(pageAt(outbox as string))
    const own = posts.filter(({ parent }) => parent?.key)
    expect([posts.length, own.length, posts.filter(({ editedAt }) => editedAt !== null).length]).toEqual([
      1185, 212, 45,
    ])
    expect(posts.filter(({ provenance }) => provenance.extra?.['contentWarning'] !== undefined)).toHaveLength(13)
    expect(notes.find(({ code }) => code === 'boosts')?.message).toMatch(/ 326\.$/)
  })

  const recordings = capturesOf('mastodon-api')

  it.each(recordings)('%s: what the Mastodon API answered', (name, path) => {
    const answers = JSON.parse(readFileSync(path, 'utf8')) as readonly { uri: string; body: unknown }[]
    const rows = answers.map(({ uri, body }) => {
      const page = pageOfBytes(name, new TextEncoder().encode(JSON.stringify(body)), { url: uri })
      const { posts, notes } = extractPage(page)
      const truth = declaredReplies(body)
      const right = posts.filter(({ key, parent }) => truth.has(key) && parent?.ref?.id.endsWith(`/${truth.get(key)}`))
      const asked = posts.filter(({ key }) => truth.has(key))
      expect(right.length).toBe(asked.length)
      if (posts.length === 0) expect(notes).not.toEqual([])
      return {
        adapter: adapterFor(page)?.name ?? 'none',
        posts: posts.length,
        asked: asked.length,
        right: right.length,
      }
    })
    const sum = (key: 'posts' | 'asked' | 'right') => rows.reduce((total, row) => total + row[key], 0)
    const read = rows.filter(({ adapter }) => adapter === 'mastodon').length
    console.log(
      `${name.slice(0, 60).padEnd(60)} answers ${read} of ${rows.length} hold posts: ${sum('posts')}; parents ${sum('right')} of ${sum('asked')}`,
    )
  })
})

/** Every in_reply_to_id of a status, by the status's id. */
function declaredReplies(value: unknown, found = new Map<string, string>()): Map<string, string> {
  if (typeof value !== 'object' || value === null) return found
  const { id, in_reply_to_id: parent } = value as Readonly<Record<string, unknown>>
  if (typeof id === 'string' && typeof parent === 'string') found.set(id, parent)
  for (const part of Object.values(value)) declaredReplies(part, found)
  return found
}
