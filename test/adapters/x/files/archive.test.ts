import { describe, expect, it } from 'vitest'
import { ADAPTERS } from '../../../../src/adapters/index.ts'
import { xArchive } from '../../../../src/adapters/x/files/archive.ts'
import { interestIn } from '../../../../src/fetch/containers/names.ts'
import { type Case, casesOf, pageOf } from '../../cases.ts'
import { describeAdapter } from '../../contract.ts'
import { unrollToMarkdown } from '../../unrolling.ts'

describeAdapter(xArchive)

const cases = new Map(casesOf('x-archive').map((fixture) => [fixture.name, fixture]))
const tweets = cases.get('tweets') as Case
const script = new TextDecoder().decode(tweets.body)

function extractScript(text: string) {
  return xArchive.extract(pageOf(tweets, text))
}

function codes({ notes }: ReturnType<typeof extractScript>): string[] {
  return notes.map(({ code }) => code)
}

describe('x-archive', () => {
  it('finds the owner in the posts themselves', () => {
    const authors = extractScript(script).posts.map(({ author }) => author)
    expect(new Set(authors.map((author) => author?.handle))).toEqual(new Set(['harbourlamp']))
    expect(authors[0]?.id).toBe('900000001')
  })

  it('does not guess an owner where no post tells', () => {
    const lonely = { tweet: { id_str: '1', full_text: '@tidewatcher Yes.', created_at: '', entities: {} } }
    const read = extractScript(`window.YTD.tweets.part0 = ${JSON.stringify([lonely])}`)
    expect(read.posts[0]?.author).toBeNull()
    expect(codes(read)).toContain('owner-unknown')
  })

  it('keeps the last version of an edited post, and ties answers to the first version to it', () => {
    const read = extractScript(script)
    const edited = read.posts.find(({ text }) => text.startsWith('The pier'))
    expect(edited).toMatchObject({ text: 'The pier is closed on Thursday, not on Tuesday.' })
    expect(edited?.editedAt).not.toBeNull()
    expect(codes(read)).toContain('older-version')
    const [first] = JSON.parse(script.slice(script.indexOf('[')))[0].tweet.edit_info.edit.editControlInitial
      .editTweetIds
    const answer = {
      tweet: { id_str: '1999999999999999999', full_text: 'So be it.', in_reply_to_status_id_str: first },
    }
    const both = extractScript(script.replace('= [', `= [${JSON.stringify(answer)},`))
    const parent = both.posts.find(({ text }) => text === 'So be it.')?.parent
    expect(parent).toMatchObject({ ref: { id: first }, key: edited?.key })
  })

  it('sets reposts apart, but not what people typed before reposts existed', () => {
    expect(codes(extractScript(script))).toContain('reposts')
    const typed = { id_str: '1000', full_text: 'RT @gullmap: look!', created_at: 'Wed Mar 04 05:14:12 +0000 2009' }
    const read = extractScript(`window.YTD.tweet.part0 = ${JSON.stringify([{ tweet: typed }])}`)
    expect(read.posts.map(({ text }) => text)).toEqual(['RT @gullmap: look!'])
  })

  it('reads the whole posts of a cut file and says that it is cut', () => {
    const read = extractScript(script.slice(0, script.length * 0.6))
    expect(read.posts.length).toBeGreaterThan(1)
    expect(codes(read)).toContain('cut')
    expect(codes(extractScript(script))).not.toContain('cut')
  })

  it('names the lines of each post, also when the file is one line', () => {
    const lines = script.split('\n')
    for (const { ref, provenance } of extractScript(script).posts) {
      const place = lines.slice((provenance.line ?? 0) - 1, provenance.endLine ?? 0).join('\n')
      expect(place).toContain(`"id_str": "${ref?.id}"`)
    }
    const flat = extractScript(script.replaceAll('\n', ' '))
    expect(flat.posts.every(({ provenance }) => provenance.line === 1 && provenance.endLine === 1)).toBe(true)
  })

  it('reads the array alone, with the pointer of each post', () => {
    const page = pageOf({ ...tweets, kind: 'json' }, script.slice(script.indexOf('[')))
    expect(xArchive.recognises(page)).toBe(true)
    expect(xArchive.extract(page).posts[0]?.provenance.path).toBe('/0/tweet')
  })

  it('reads one post or one thread a line, with the line of each post', () => {
    const items = JSON.parse(script.slice(script.indexOf('['))) as { tweet: object }[]
    const told = extractScript(script).posts.map(({ key, parent }) => [key, parent?.ref?.id])
    const bare = items.map(({ tweet }) => tweet)
    for (const rows of [items, bare, [{ tweets: bare.slice(0, 2) }, { tweets: bare.slice(2) }]]) {
      const page = pageOf(tweets, rows.map((row) => JSON.stringify(row)).join('\n'))
      const own = ADAPTERS.filter((one) => !one.generic && one.recognises(page))
      expect(own.map(({ name }) => name)).toEqual(['x-archive'])
      expect(xArchive.extract(page).posts.map(({ key, parent }) => [key, parent?.ref?.id])).toEqual(told)
      expect(xArchive.extract(page).posts.at(-1)?.provenance.line).toBe(rows.length)
    }
  })

  it('reads what was posted in communities, which stands in a file of its own', () => {
    const tweet = {
      id_str: '1700000000000000009',
      full_text: 'Low water at nine.',
      created_at: 'Tue Nov 14 22:13:20 +0000 2023',
    }
    const read = extractScript(`window.YTD.community_tweet.part0 = ${JSON.stringify([{ tweet }])}`)
    expect(read.posts).toMatchObject([{ text: 'Low water at nine.' }])
    expect(interestIn('data/community-tweet.js')).toBe('read')
  })

  it('reads what the owner deleted where its file is given by itself, and says so', () => {
    const tweet = { ...JSON.parse(script.slice(script.indexOf('[')))[0].tweet, deleted_at: '2024-03-06T10:00:00Z' }
    const read = extractScript(`window.YTD.deleted_tweets.part0 = ${JSON.stringify([{ tweet }])}`)
    expect(read.posts).toMatchObject([{ provenance: { extra: { deletedAt: '2024-03-06T10:00:00.000Z' } } }])
    expect(codes(read)).toContain('deleted-posts')
    expect(interestIn('data/deleted-tweets.js')).toBe('skip')
  })

  it('never shows what was deleted as if it stood there still', async () => {
    const tweet = { ...JSON.parse(script.slice(script.indexOf('[')))[0].tweet, deleted_at: '2024-03-06T10:00:00Z' }
    const read = extractScript(`window.YTD.deleted_tweets.part0 = ${JSON.stringify([{ tweet }])}`)
    expect(await unrollToMarkdown(read)).toContain('(deleted by its author 2024-03-06 10:00)')
  })

  it('refuses other files of an export by their name', () => {
    const read = extractScript('window.YTD.direct_messages.part0 = [ {"dmConversation": {"messages": []}} ]')
    expect(read.posts).toEqual([])
    expect(read.notes[0]).toMatchObject({ code: 'no-posts', message: expect.stringContaining('direct_messages') })
    const headers = extractScript('window.YTD.deleted_tweet_headers.part0 = [ {"tweet": {"tweet_id": "1"}} ]')
    expect(headers.notes[0]?.message).toContain('Give deleted-tweets.js')
  })

  it('gives long posts without a reference, because their file names none', () => {
    const read = xArchive.extract(pageOf(cases.get('note-tweet') as Case))
    expect(read.posts[0]).toMatchObject({ ref: null, url: null })
    expect(read.posts[0]?.text).toMatch(/https:\/\/lamplog\.example\/tins$/)
  })
})
