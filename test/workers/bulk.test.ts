// Large inputs: whatever number of threads, and whatever becomes of them, the bytes are those of one pass in one
// thread.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { jsonLines } from '../../src/export/json/json.ts'
import { createFetchers } from '../../src/fetch/fetchers.ts'
import { unrollInParts } from '../../src/pipeline/pipeline.ts'
import { type BulkOptions, isBulk, unrollFiles } from '../../src/workers/bulk.ts'
import { makeLines } from '../bench/made-posts.ts'
import { makeFolder } from '../folder.ts'

const NOW = new Date('2030-01-01T00:00:00.000Z')
/** The threads' code as it ships: `npm test` builds it first. */
const code = pathToFileURL(join(import.meta.dirname, '../../dist/worker.js'))
const signal = new AbortController().signal

const folder = makeFolder()
let files: readonly string[] = []
beforeAll(() => {
  const reply = JSON.stringify({ platform: 'x', id: '7', author: 'cy', text: 'So it is.', inReplyTo: '5' })
  const bodies = [
    [...makeLines('ids', 'ada', 60, 0), ...makeLines('numbers', 'ben', 30, 1000)],
    [...makeLines('numbers', 'di', 40, 2000), 'not JSON'],
    [reply, ...makeLines('numbers', 'ada', 20, 3000)],
    [],
    makeLines('ids', 'eve', 40, 4000),
  ]
  files = bodies.map((lines, n) => {
    const path = join(folder, `${n}.jsonl`)
    writeFileSync(path, lines.map((line) => `${line}\n`).join(''))
    return path
  })
})

async function unrollBy(options: Partial<BulkOptions>, paths = files) {
  const said: string[] = []
  const lines = { raw: false, minPosts: 1 }
  const say = (message: string) => said.push(message)
  const { pieces, missed } = unrollFiles(paths, { order: 'page', lines, now: NOW, signal, say, ...options })
  const [out, notes]: [string[], string[]] = [[], []]
  let posts = 0
  for await (const piece of pieces) {
    out.push(Buffer.from(piece.lines).toString())
    notes.push(...piece.notes.flat().map(({ message }) => message))
    posts += piece.found.posts
  }
  const failures = missed.failures.map(({ input, error }) => [input, error.name])
  return { out: out.join(''), notes, posts, failures, unread: missed.unread, said }
}

describe('unrollFiles', () => {
  it('gives in this thread what one pass over all gives', async () => {
    const fetchers = createFetchers({ browser: 'never', now: () => NOW, stdin: nothing(), contact: null })
    const { parts } = await unrollInParts(files, { order: 'page', fetchers, signal })
    const whole = [...parts].flatMap((part) => [...jsonLines(part)])
    const { out, posts } = await unrollBy({ threads: 0 })
    expect(out.trimEnd().split('\n').sort()).toEqual(whole.map((line) => line.trimEnd()).sort())
    expect(posts).toBe(191)
  })

  it('gives by threads the bytes it gives without', async () => {
    const alone = await unrollBy({ threads: 0 })
    expect(await unrollBy({ threads: 2, code })).toEqual(alone)
    expect(await unrollBy({ threads: 3, code, order: 'none' })).toEqual(await unrollBy({ threads: 0, order: 'none' }))
  })

  it('shares one file out', async () => {
    const one = files.slice(0, 1)
    expect(await unrollBy({ threads: 3, code }, one)).toEqual(await unrollBy({ threads: 0 }, one))
  })

  it('does here what a dying thread leaves, says so, and tells nothing twice', async () => {
    const alone = await unrollBy({ threads: 0 })
    for (const answers of [0, 3, 8]) {
      const script = join(folder, `dies-after-${answers}.mjs`)
      writeFileSync(script, dyingThread(answers))
      const { said, ...rest } = await unrollBy({ threads: 2, code: pathToFileURL(script) })
      expect({ ...rest, said: [] }).toEqual(alone)
      expect(said[0]).toContain('ended with code 3')
    }
  })

  it('tells a file that cannot be read, and unrolls the others', async () => {
    const paths = [...files.slice(0, 2), join(folder, 'gone.jsonl')]
    const alone = await unrollBy({ threads: 0 }, paths)
    expect(alone.failures).toEqual([[join(folder, 'gone.jsonl'), 'UsageError']])
    const shared = await unrollBy({ threads: 2, code }, paths)
    expect({ ...shared, said: [] }).toEqual({ ...alone, said: [] })
  })
})

describe('a file that holds nothing to read', () => {
  it.each([0, 2])('is named beside files that do, with %i threads', async (threads) => {
    const strange = join(folder, 'strange.json')
    writeFileSync(strange, '{"colour": "red"}')
    const { unread } = await unrollBy({ threads, code }, [...files, strange])
    expect(unread).toContain(strange)
    expect(unread).not.toContain(files[0])
  })
})

describe('isBulk', () => {
  it('wants large plain files', async () => {
    const large = join(folder, 'large.jsonl')
    writeFileSync(large, Buffer.alloc(9 << 20, ' '))
    expect(await isBulk([large, files[0] ?? ''])).toBe(true)
    expect(await isBulk(files)).toBe(false)
    expect(await isBulk([large, folder])).toBe(false)
    expect(await isBulk([large, '-'])).toBe(false)
    expect(await isBulk([large, 'https://x.example/1'])).toBe(false)
  })
})

/** A thread that ends when it has sent so many messages. */
function dyingThread(messages: number): string {
  return `import { parentPort } from 'node:worker_threads'
const send = parentPort.postMessage.bind(parentPort)
let left = ${messages}
parentPort.postMessage = (...sent) => (left-- > 0 ? send(...sent) : process.exit(3))
await import(${JSON.stringify(code.href)})
`
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
