// Does the tasks: reads files, tells what joins them, unrolls those that hold together and prints what is found. It
// runs in a thread of its own or in the main one, with the same outcome.
import { countFindings, keepLong } from '../export/long.ts'
import { isNote } from '../fetch/fetcher.ts'
import { createFetchers } from '../fetch/fetchers.ts'
import { sha256 } from '../fixity.ts'
import type { Capture, Note, Unrolled } from '../model.ts'
import { withRemarks } from '../pipeline/inputs.ts'
import { createRoom, type Room } from '../pipeline/room.ts'
import { openPage, surveyCapture } from '../pipeline/survey.ts'
import { createAnswered } from '../pipeline/unread.ts'
import type { UnreadPage } from '../unroll/neighbourhoods.ts'
import { unrollEach } from '../unroll/unroll.ts'
import type { Answer, FindingCounts, Piece, Setting, Surveyed, Task, TaskRunner } from './task.ts'

/** Characters of a piece; a longer line stays whole. */
const PIECE = 1 << 20
const NEVER = new AbortController().signal

export function createTaskRunner(setting: Setting): TaskRunner {
  return (task: Task): AsyncIterable<Answer> =>
    task.kind === 'survey' ? surveyFile(task.path, setting) : unrollShare(task, setting)
}

async function* surveyFile(path: string, setting: Setting): AsyncGenerator<Surveyed> {
  const captures = await readFile(path, setting)
  const addresses = captures.flatMap(({ finalUrl }) => finalUrl ?? [])
  yield { kind: 'survey', surveys: captures.map(surveyCapture), addresses }
}

/** A plain file is one capture. */
async function readFile(path: string, { now }: Setting): Promise<readonly Capture[]> {
  const { file } = createFetchers({ browser: 'never', now: () => new Date(now), stdin: nothing(), contact: null })
  const captures: Capture[] = []
  for await (const found of file.open(path, NEVER, null)) if (!isNote(found)) captures.push(found)
  return captures
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

type Unrolling = Extract<Task, { kind: 'unroll' }>

async function* unrollShare({ files, share, addresses }: Unrolling, setting: Setting): AsyncGenerator<Piece> {
  const { jsonLines } = await import('../export/json/json.ts')
  const room = createRoom(setting.room)
  const { pages, filled } = await openPages({ files, addresses }, setting, room)
  const { lines } = setting
  const press = createPress()
  for (const part of unrollEach(pages, { order: 'page', digest: sha256, foresee: room.foresee }, share)) {
    const whole = withRemarks(part, { filled, remarks: [] })
    const kept = keepLong(whole, lines?.minPosts ?? 0)
    press.add(whole, kept)
    if (lines === null) continue
    for (const line of jsonLines(kept, lines)) if (press.print(line)) yield press.take()
  }
  yield press.take()
}

async function openPages(
  { files, addresses }: Pick<Unrolling, 'files' | 'addresses'>,
  setting: Setting,
  room: Room,
): Promise<{ readonly pages: readonly UnreadPage[]; readonly filled: Set<string> }> {
  const answered = createAnswered(addresses)
  const filled = new Set<string>()
  const pages: UnreadPage[] = []
  for (const { path, surveys } of files)
    for (const [n, capture] of (await readFile(path, setting)).entries()) {
      const page = openPage(capture, setting.order, surveys[n] ?? null, room)
      answered.add(capture)
      if (page.names.above.length > 0) filled.add(capture.input)
      pages.push({ ...page, read: (posts) => answered.mark(page.read(posts)) })
    }
  return { pages, filled }
}

/** Gathers what is printed and counted until it is a piece. */
interface Press {
  add(part: Unrolled, kept: Unrolled): void
  /** True when there is enough for a piece. */
  print(line: string): boolean
  take(): Piece
}

const NOTHING: FindingCounts = { findings: 0, threads: 0, posts: 0, leftOut: 0 }

function createPress(): Press {
  const encoder = new TextEncoder()
  let [text, notes, found]: [string, (readonly Note[])[], FindingCounts] = ['', [], NOTHING]
  return {
    add: (part, kept) => {
      if (part.notes.length > 0) notes.push(part.notes)
      const findings = countFindings(part)
      found = {
        findings: found.findings + findings,
        threads: found.threads + part.threads.length,
        posts: found.posts + countPosts(part),
        leftOut: found.leftOut + findings - countFindings(kept),
      }
    },
    print: (line) => {
      text += line
      return text.length >= PIECE
    },
    take: () => {
      const piece: Piece = { kind: 'piece', lines: encoder.encode(text), notes, found }
      ;[text, notes, found] = ['', [], NOTHING]
      return piece
    },
  }
}

function countPosts({ threads, unplaced }: Unrolled): number {
  return threads.reduce(
    (sum, { posts, branches }) => branches.reduce((more, branch) => more + branch.posts.length, sum + posts.length),
    unplaced.length,
  )
}
