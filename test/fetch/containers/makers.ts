// Containers made by hand, byte for byte, so that they can also be made wrong.
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { createOpener } from '../../../src/fetch/containers/open.ts'
import { type CaptureOrNote, isNote, type KeptCaptures } from '../../../src/fetch/fetcher.ts'
import { createFileFetcher } from '../../../src/fetch/file.ts'
import type { Capture, Note } from '../../../src/model.ts'

export interface ZipEntry {
  readonly name: string
  readonly body: string | Uint8Array
  readonly encrypted?: boolean
  readonly crc?: number
  readonly stored?: boolean
  /** A symbolic link of Unix to the path that is its body. */
  readonly link?: boolean
}

/** A ZIP file of deflated members. A wrong checksum or a mark of encryption is written as told. */
export function makeZip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const [body, name] = [Buffer.from(entry.body), Buffer.from(entry.name)]
    const packed = entry.stored === true ? body : deflateRawSync(body)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE((entry.encrypted === true ? 1 : 0) | 0x800, 2)
    facts.writeUInt16LE(entry.stored === true ? 0 : 8, 4)
    facts.writeUInt16LE(0x5821, 8)
    facts.writeUInt32LE(entry.crc ?? crc32(body), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(body.length, 18)
    facts.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, name, packed])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(entry.link === true ? 0o120777 * 0x10000 : 0, 6)
    place.writeUInt32LE(offset, 10)
    directory.push(
      Buffer.concat([
        Buffer.from(entry.link === true ? 'PK\x01\x02\x14\x03' : 'PK\x01\x02\x14\x00'),
        facts,
        place,
        name,
      ]),
    )
    files.push(local)
    offset += local.length
  }
  return Buffer.concat([...files, ...directory, endOfZip(entries.length, Buffer.concat(directory).length, offset)])
}

function endOfZip(count: number, length: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(length, 12)
  end.writeUInt32LE(offset, 16)
  return end
}

export async function makeTar(entries: readonly { readonly name: string; readonly body: string | Uint8Array }[]) {
  const tar = pack()
  for (const { name, body } of entries) tar.entry({ name, mtime: new Date('2024-01-02T03:04:05Z') }, Buffer.from(body))
  tar.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export interface WarcEntry {
  readonly type?: string
  readonly url: string
  readonly block: string | Uint8Array
  readonly contentType?: string
  readonly date?: string
  /** Further header lines. */
  readonly fields?: Readonly<Record<string, string>>
}

/** One record as another tool would write it: version 1.0, no digests. */
export function makeRecord({ type = 'response', url, block, contentType, date, fields = {} }: WarcEntry): Buffer {
  const body = Buffer.from(block)
  const lines = {
    'WARC-Type': type,
    'WARC-Target-URI': url,
    'WARC-Date': date ?? '2023-05-06T07:08:09Z',
    'WARC-Record-ID': '<urn:uuid:00000000-0000-4000-8000-000000000000>',
    'Content-Type': contentType ?? 'application/http; msgtype=response',
    'Content-Length': String(body.length),
    ...fields,
  }
  const head = ['WARC/1.0', ...Object.entries(lines).map(([name, value]) => `${name}: ${value}`)]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body, Buffer.from('\r\n\r\n')])
}

export function makeWarc(entries: readonly WarcEntry[]): Buffer {
  return Buffer.concat(entries.map((entry) => gzipSync(makeRecord(entry))))
}

export function httpAnswer(body: string | Uint8Array, headers: readonly string[] = []): Buffer {
  const head = ['HTTP/1.1 200 OK', 'Content-Type: text/html; charset=utf-8', ...headers].join('\r\n')
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), Buffer.from(body)])
}

export interface Opened {
  readonly captures: readonly Capture[]
  readonly notes: readonly Note[]
}

/** Everything in one file, or in several as one command would open them. */
export async function openAll(
  paths: string | readonly string[],
  signal = new AbortController().signal,
  stdin: AsyncIterable<Uint8Array | string> = nothing(),
): Promise<Opened> {
  const now = () => new Date()
  const opener = createOpener(createFileFetcher({ now }), { stdin, now })
  const captures: Capture[] = []
  const notes: Note[] = []
  const take = async (founds: AsyncIterable<CaptureOrNote>) => {
    for await (const found of founds)
      if (isNote(found)) notes.push(found)
      else captures.push(found)
  }
  for (const path of [paths].flat()) await take(opener.open(path, signal, keptIn(captures)))
  await take(opener.rest())
  return { captures, notes }
}

/** What an archive of these captures would answer. */
function keptIn(captures: readonly Capture[]): KeptCaptures {
  return {
    byDigest: (digest) => captures.find((one) => one.digest === digest) ?? null,
    byUrl: (url, time) => captures.filter((one) => one.finalUrl === url && (time ?? one.capturedAt) === one.capturedAt),
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

export function textOf({ body }: Pick<Capture, 'body'>): string {
  return Buffer.from(body).toString()
}

export const codesOf = ({ notes }: Opened): string[] => notes.map(({ code }) => code)

type Plain = string | Uint8Array | readonly Plain[] | { readonly [name: string]: Plain }

/** A binary property list, as Apple's libraries write it: what is the same is written once. */
export function makePropertyList(value: Plain): Buffer {
  const objects: Buffer[] = []
  const count = (kind: number, length: number): Buffer => {
    if (length < 15) return Buffer.from([(kind << 4) | length])
    return Buffer.from([(kind << 4) | 15, 0x12, ...[24, 16, 8, 0].map((shift) => (length >> shift) & 255)])
  }
  const refs = (at: readonly number[]): Buffer => Buffer.from(at.flatMap((ref) => [ref >> 8, ref & 255]))
  const written = new Map<Plain, number>()
  const add = (one: Plain): number => {
    const known = written.get(one)
    if (known !== undefined) return known
    const at = objects.push(Buffer.alloc(0)) - 1
    written.set(one, at)
    objects[at] = encode(one)
    return at
  }
  const encode = (one: Plain): Buffer => {
    if (typeof one === 'string' && Buffer.byteLength(one) === one.length)
      return Buffer.concat([count(5, one.length), Buffer.from(one)])
    if (typeof one === 'string') return Buffer.concat([count(6, one.length), Buffer.from(one, 'utf16le').swap16()])
    if (one instanceof Uint8Array) return Buffer.concat([count(4, one.length), one])
    if (Array.isArray(one)) return Buffer.concat([count(10, one.length), refs(one.map(add))])
    const members = Object.entries(one)
    return Buffer.concat([
      count(13, members.length),
      refs(members.map(([name]) => add(name))),
      refs(members.map(([, each]) => add(each))),
    ])
  }
  add(value)
  const places = objects.map((_, at) => objects.slice(0, at).reduce((sum, { length }) => sum + length, 8))
  const table = Buffer.from(places.flatMap((place) => [24, 16, 8, 0].map((shift) => (place >> shift) & 255)))
  const trailer = Buffer.alloc(32)
  trailer.set([4, 2], 6)
  trailer.writeBigUInt64BE(BigInt(objects.length), 8)
  trailer.writeBigUInt64BE(BigInt(8 + objects.reduce((sum, { length }) => sum + length, 0)), 24)
  return Buffer.concat([Buffer.from('bplist00'), ...objects, table, trailer])
}
