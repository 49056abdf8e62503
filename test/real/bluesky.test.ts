// Bluesky's adapters on captures of real answers, pages and files, which live beside the repository and not in it.
// Prints what became of each file.
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ADAPTERS, adapterFor } from '../../src/adapters/index.ts'
import { attr, selectOne } from '../../src/markup/markup.ts'
import { extractPage } from '../adapters/cases.ts'
import { filesUnder, pageAt, REAL } from './files.ts'

const OWN = ['bluesky', 'bluesky-web', 'bluesky-repo']

/** Every reply.parent.uri in the JSON that belongs to a post which is there in full, by the post's URI. */
function declaredParents(value: unknown, found = new Map<string, string>()): Map<string, string> {
  if (typeof value !== 'object' || value === null) return found
  const { uri, record, value: stored } = value as Record<string, { reply?: { parent?: { uri: string } } }>
  const parent = (record ?? stored)?.reply?.parent?.uri
  if (typeof uri === 'string' && parent !== undefined) found.set(uri, parent)
  for (const part of Object.values(value)) declaredParents(part, found)
  return found
}

function capturesOf(kind: string): (readonly [name: string, path: string])[] {
  return filesUnder(join(REAL, kind)).map((path) => [basename(path), path])
}

describe.skipIf(!existsSync(REAL))('Bluesky captures', () => {
  const files = ['bluesky-api', 'bluesky-html', 'bluesky-repo'].flatMap(capturesOf)

  it.each(files)('%s is read or refused with a reason', (name, path) => {
    const page = pageAt(path)
    const adapter = adapterFor(page)?.name ?? 'none'
    expect(ADAPTERS.filter((other) => !other.generic && other.recognises(page)).length).toBeLessThanOrEqual(1)
    const { posts, notes } = extractPage(page)
    const isOurs = OWN.includes(adapter)
    const truth = isOurs && page.kind === 'json' ? declaredParents(page.json()) : new Map<string, string>()
    const right = posts.filter(
      ({ ref, parent }) => parent !== null && truth.get(ref?.id ?? '') === parent.ref?.id,
    ).length
    const wanted = posts.filter(({ ref }) => truth.has(ref?.id ?? '')).length
    const parents = `parents ${right} of ${wanted}`
    const codes = notes.map(({ code }) => code).join(' ')
    console.log(`${name.slice(0, 40).padEnd(40)} ${adapter.padEnd(12)} posts ${posts.length}, ${parents}; ${codes}`)
    expect(right).toBe(wanted)
    if (posts.length === 0 && isOurs) expect(codes).not.toBe('')
  })

  const drawn = files.find(([name]) => name === 'post-link.html')?.[1]

  it.skipIf(drawn === undefined)(
    'a drawn page: no answer is older than its parent, none beyond the count under it',
    () => {
      const page = pageAt(drawn as string)
      const { posts } = extractPage(page)
      const times = new Map(posts.map(({ key, createdAt }) => [key, createdAt ?? '']))
      const early = posts.filter(
        ({ parent, createdAt }) => parent !== null && (times.get(parent.key ?? '') ?? '') > (createdAt ?? ''),
      )
      const over = posts.filter(({ key, provenance }) => {
        const button = selectOne(`${provenance.selector} [data-testid="replyBtn"]`, page.html().root)
        const said = Number(/\((\d+)/.exec(attr(button, 'aria-label') ?? '')?.[1] ?? 0)
        return posts.filter(({ parent }) => parent?.key === key).length > said
      })
      console.log(
        `drawn page: ${posts.length} posts, ${early.length} before their parent, ${over.length} with too many answers`,
      )
      expect([posts.length, early, over]).toEqual([52, [], []])
    },
  )
})
