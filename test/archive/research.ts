// The archive of the researcher's hour: fixtures of several platforms, then a second look at some of them, a day or a
// month later, that finds a changed post, a comment gone, a page gone and a login wall.
import { openArchiveReader } from '../../src/archive/reader.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import type { Capture } from '../../src/model.ts'
import { readCapture, storePending } from '../../src/pipeline/pipeline.ts'
import { type Case, captureOf, casesOf } from '../adapters/cases.ts'

const NOW = new Date('2026-02-03T04:05:06.000Z')
const FIRST_LOOK = [
  'thread-reader/whole-and-cut',
  'thread-reader/mirror',
  'mastodon/context',
  'wordpress/footnotes-and-comments',
  'hackernews/item',
  'bluesky/thread',
  'bluesky/records',
  'bluesky/author-feed',
  'x-graphql/self-thread',
  'x-api/embed',
  'nitter/conversation',
  'text/thread-scrape',
]
const WALL = `<!doctype html><html><head><title>Members</title></head><body>
<h1>Harbour Club</h1>
<p>Log in to continue reading.</p>
</body></html>`
/** Two people who share a link that is in a fixture too, one of them twice. */
const SHARING = `{"author":"mari","text":"Week 19 is my favourite (http://riverlist.example/week-19)."}
{"author":"jo","text":"http://riverlist.example/week-19 and http://riverlist.example/week-20, of course"}
{"author":"jo","text":"Again: http://riverlist.example/week-20"}
`

/** Fills an archive folder. The same bytes and times whenever it is called. */
export function fillResearchArchive(dir: string): void {
  const writer = openArchiveWriter(dir, { now: () => NOW, version: '0.1.0' })
  const run = writer.beginRun({ command: 'add', options: {} })
  for (const capture of [...firstLook(), ...secondLook()]) {
    const row = writer.appendCapture(capture, run)
    const { extraction, adapter } = readCapture(capture)
    writer.storeExtraction(row.id, extraction, adapter)
  }
  const reader = openArchiveReader(dir)
  storePending(writer)
  reader.close()
  writer.endRun(run, 'success')
  writer.close()
}

function firstLook(): Capture[] {
  const status = fixture('mastodon/status')
  const sharing = captureOf(fixture('jsonl/mixed'), SHARING)
  return [
    ...FIRST_LOOK.map((name) => captureOf(fixture(name))),
    sharing,
    at('2025-04-05T06:10:00.000Z', captureOf(status)),
  ]
}

function secondLook(): Capture[] {
  const status = fixture('mastodon/status')
  const edited = bodyOf(status)
    .replace('70 °C', '60 °C')
    .replace('"edited_at": null', '"edited_at": "2025-04-05T09:07:08.000Z"')
  const blog = fixture('wordpress/footnotes-and-comments')
  const weeded = bodyOf(blog).replace(/<li id="comment-98"[\s\S]*?<!-- #comment-## -->/, '')
  const page = captureOf(fixture('thread-reader/mirror'))
  const club = {
    ...page,
    url: 'http://club.example/diary',
    finalUrl: 'http://club.example/diary',
    input: 'http://club.example/diary',
  }
  return [
    at('2025-04-06T06:10:00.000Z', captureOf(status, edited)),
    at('2024-06-07T12:00:00.000Z', captureOf(blog, weeded)),
    at('2024-07-02T21:30:00.000Z', { ...withBody(page, 'gone'), status: 404 }),
    at('2024-07-03T08:00:00.000Z', withBody(club, WALL)),
    at('2024-07-04T08:00:00.000Z', { ...withBody(club, WALL), status: 403 }),
  ]
}

function withBody(capture: Capture, body: string): Capture {
  const { digest, body: bytes } = captureOf(fixture('thread-reader/mirror'), body)
  return { ...capture, digest, body: bytes }
}

function at(capturedAt: string, capture: Capture): Capture {
  return { ...capture, capturedAt }
}

function fixture(name: string): Case {
  const [platform = ''] = name.split('/')
  const found = casesOf(platform).find((one) => `${platform}/${one.name}` === name)
  if (found === undefined) throw new Error(`there is no fixture ${name}`)
  return found
}

function bodyOf({ body }: Case): string {
  return new TextDecoder().decode(body)
}
