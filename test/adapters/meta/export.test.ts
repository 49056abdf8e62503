// Exports of Facebook, Instagram, Threads and Messenger: text out of escaped bytes, files, what the sentences beside a
// post tell.
import { describe, expect, it } from 'vitest'
import { metaExport } from '../../../src/adapters/meta/export.ts'
import { readBack } from '../../../src/adapters/meta/export-text.ts'
import { interestIn } from '../../../src/fetch/containers/names.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(metaExport)

const CASES = new Map(casesOf('meta-export').map((fixture) => [fixture.name, fixture]))
const read = (name: string) => metaExport.extract(pageOf(CASES.get(name) as Case))

describe('text', () => {
  it.each(['Grüße — ⛴️', 'É', 'plain', '日本', 'a\u0000b'])('is read back as it was typed: %s', (typed) => {
    expect(readBack(Buffer.from(typed).toString('latin1'))).toBe(typed)
  })

  it.each(['café', 'Grüße — ⛴️', 'naïve Ã', '½'])('stays when it was never written as bytes: %s', (text) => {
    expect(readBack(text)).toBe(text)
  })
})

describe('Facebook', () => {
  it('gives posts with edits, pictures and links', () => {
    const { posts, notes } = read('facebook-posts')
    expect(posts.map(({ text }) => text)).toEqual([
      'Grüße aus Århus — die Fähre hat Verspätung ⛴️',
      'She came.\n\nFour hours late, and proud of it.',
      '',
    ])
    expect(posts[0]).toMatchObject({ createdAt: '2024-03-01T09:00:00.000Z', editedAt: '2024-03-01T10:00:00.000Z' })
    expect(posts[1]?.media).toMatchObject([{ kind: 'image', alt: 'Die Fähre, endlich' }])
    expect(posts[2]?.quotes).toMatchObject([{ url: 'http://timetable.example/ferries', text: /don’t/ }])
    expect(posts[1]?.provenance.extra).toEqual({ said: 'Søren Vind added a new photo.' })
    expect(notes.map(({ code }) => code)).toEqual(['owner-unknown', 'wordless'])
  })

  it('gives comments with their author', () => {
    const { posts } = read('facebook-comments')
    expect(posts.map(({ kind, author, parent }) => [kind, author?.name, parent])).toEqual([
      ['comment', 'Søren Vind', null],
      ['comment', 'Søren Vind', null],
    ])
    expect(posts[1]?.provenance.extra).toEqual({
      said: "Søren Vind replied to Åse Li's comment.",
      group: 'Ferry watchers',
    })
  })
})

describe('Instagram and Threads', () => {
  it('have their words where titles stand', () => {
    expect(read('instagram-posts').posts.map(({ text, media }) => [text, media.map(({ kind }) => kind)])).toEqual([
      ['Low tide, high spirits 🦀', ['image']],
      ['Two crabs, one opinion each', ['image', 'video']],
    ])
    const threads = read('threads')
    expect(threads.posts.map(({ platform }) => platform)).toEqual(['threads', 'threads'])
    expect(unrollTogether([threads]).threads[0]?.posts).toHaveLength(2)
  })

  it('label comments in any language', () => {
    const [first] = read('instagram-comments').posts
    expect(first).toMatchObject({ text: 'Prachtig! De zee zegt niets terug 🌊', kind: 'comment' })
    expect(first?.provenance.extra).toEqual({ postOf: 'crab.diaries' })
  })
})

describe('a chat', () => {
  it('is its messages; one that was taken back is counted', () => {
    const { posts, notes, declared } = read('messenger')
    expect(declared.title).toBe('Åse Li')
    expect(posts.map(({ author, text, media }) => [author?.name, text, media.length])).toEqual([
      ['Åse Li', 'see?', 0],
      ['Søren Vind', '', 1],
      ['Åse Li', 'Kommst du über die Brücke?', 0],
    ])
    expect(notes.map(({ code }) => code)).toEqual(['wordless'])
  })

  it('tells a spoken message from a film by where it stands', () => {
    const file = { uri: 'messages/inbox/ase_1/audio/clip.mp4', creation_timestamp: 1 }
    const told = { sender_name: 'A', timestamp_ms: 1709284200500 }
    const body = JSON.stringify({
      messages: [
        { ...told, audio_files: [file] },
        { ...told, videos: [file] },
      ],
    })
    const { posts } = metaExport.extract(pageOf(CASES.get('messenger') as Case, body))
    expect(posts.map(({ media }) => media[0]?.kind)).toEqual(['audio', 'video'])
  })

  it('is left alone inside of an account’s export', () => {
    expect(interestIn('your_facebook_activity/messages/inbox/ase_1/message_1.json')).toBe('skip')
    expect(interestIn('message_1.json')).toBe('read')
  })
})

it('says of an export as pages what to ask for instead, and takes it for nobody’s article', () => {
  const item =
    '<div class="_a6-g"><div class="_a6-h">Ann wrote.</div><div class="_a6-p">Tar.</div><div class="_a6-o">May 4</div></div>'
  const page = pageOf(CASES.values().next().value as Case, `<!doctype html><main>${item}${item}</main>`)
  expect(metaExport.recognises(page)).toBe(true)
  expect(metaExport.extract(page)).toMatchObject({ posts: [], notes: [{ code: 'export-as-pages' }] })
})
