// The members of a tar file, one at a time, as a stream. Links and devices hold no bytes and are passed by.
import { pipeline, Readable } from 'node:stream'
import { extract } from 'tar-stream'
import { type Bytes, labelOf, type Member, type Opening, wordsOf } from './container.ts'
import { ContainerError } from './damage.ts'

const FILES = new Set(['file', 'contiguous-file'])

/** @throws ContainerError where the file is cut or damaged; what stood before it has come out. */
export async function* listTar(bytes: Bytes, { input }: Opening): AsyncGenerator<Member> {
  const members = extract()
  const broken: Broken = { error: null }
  // Its outcome comes out of the members too; a second report of it has no place to go.
  pipeline(Readable.from(untilBroken(bytes, broken)), members, () => undefined)
  const entries = members[Symbol.asyncIterator]()
  const step = () => guard(entries.next(), broken)
  for (let next = await step(); next.done !== true; next = await step()) {
    const entry = next.value
    const { name, type, mtime } = entry.header
    const content = readEntry(entry as AsyncIterable<Buffer>, broken)
    if (FILES.has(type ?? 'file'))
      yield { name, label: labelOf(input, name), path: null, changedAt: mtime ?? null, bytes: content }
    entry.resume()
  }
  if (broken.error !== null) throw broken.error
}

interface Broken {
  error: unknown
}

/** For the library the stream just ends where it breaks: it does not pass errors on to who reads a member. */
async function* untilBroken(bytes: Bytes, broken: Broken): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch (error) {
    broken.error = error
  }
}

/** Reads on to the entry's end even when nobody wants more: to leave it would end the whole file. */
async function* readEntry(entry: AsyncIterable<Uint8Array>, broken: Broken): AsyncGenerator<Uint8Array> {
  const chunks = entry[Symbol.asyncIterator]()
  let isDone = false
  const next = async () => {
    const step = await guard(chunks.next(), broken)
    isDone = step.done === true
    return step
  }
  try {
    for (let step = await next(); step.done !== true; step = await next()) yield step.value
  } finally {
    while (!isDone) await next()
  }
}

async function guard<T>(work: Promise<T>, broken: Broken): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (broken.error !== null) throw broken.error
    throw new ContainerError(`it is cut or damaged (${wordsOf(error)})`, { cause: error })
  }
}
