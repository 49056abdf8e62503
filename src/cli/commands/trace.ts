// `unspool trace POST`: the way from a post back to the bytes in the WARC, each step with its proof.
import { Command } from 'commander'
import { UsageError } from '../../errors.ts'
import type { ShownSource, ShownTrace } from '../../pipeline/trace.ts'
import { plural } from '../../wording.ts'
import { type Done, type Io, print } from '../io.ts'
import { archiveOption, examples, jsonOption } from '../options.ts'
import { shorten } from '../report.ts'

/** Characters of an excerpt that a person is shown; `--json` gives all of it. */
const EXCERPT_LENGTH = 2000
const TEXT_WIDTH = 96

interface TraceOptions {
  readonly archive: string
  readonly words?: string
  readonly all: boolean
  readonly json: boolean
}

export function traceCommand(io: Io, done: Done): Command {
  return new Command('trace')
    .description(
      'Walk from a post back to the bytes: place and reason, version, sighting, capture, WARC record, excerpt.',
    )
    .argument('[post]', 'id, unique prefix or address of a post')
    .addOption(archiveOption())
    .option('--words <words>', 'the one post that has all of these words')
    .option('--all', 'every sighting, not the best alone', false)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('unspool trace x:1710000000000000001', `unspool trace --words '"river gauge"' --all`),
    )
    .action(async (post: string | undefined, options: TraceOptions) => {
      const { traceToBytes } = await import('../../pipeline/trace.ts')
      if ((post === undefined) === (options.words === undefined))
        throw new UsageError('trace takes the id of a post, or --words with words of it')
      const query = { id: post ?? null, words: options.words ?? null }
      const trace = await traceToBytes(options.archive, query, options.all ? Number.POSITIVE_INFINITY : 1)
      print(io, options.json ? JSON.stringify(trace, null, 2) : explainTrace(trace))
      done(0)
    })
}

function explainTrace(trace: ShownTrace): string {
  const { id, text, author, createdAt, homes, sources, furtherSources } = trace
  const more = furtherSources === 0 ? [] : ['', `${plural(furtherSources, 'further sighting')}: --all shows them`]
  return [
    `${id}  ${author ?? 'unknown'}  ${createdAt ?? 'no date'}`,
    `  ${shorten(text, TEXT_WIDTH)}`,
    ...homes.flatMap(explainHome),
    ...sources.flatMap((source) => ['', ...explainSource(source)]),
    ...more,
  ].join('\n')
}

function explainHome({ kind, id, position, link }: ShownTrace['homes'][number]): string[] {
  const noun = kind === 'thread' ? 'thread' : 'discussion'
  const place = position === null ? 'its root' : `place ${position}`
  const why = link === null ? 'first' : `${link.basis}, p ${link.p.toFixed(3)}`
  return [row(noun, `${id}, ${place} (${why})`), ...(link?.evidence ?? []).map(({ say }) => row('', say))]
}

function explainSource({ version, place, extraction, capture, record, provenBytes, excerpt }: ShownSource): string[] {
  const { file, offset, length } = record
  const shared = capture.sameAs === null ? '' : ` (of the capture ${capture.sameAs}: the same payload)`
  return [
    row('version', version === null ? 'cut out of text lines' : `sha256:${version.sha256}, hashed again`),
    row('sighting', placeInWords(place)),
    row('read by', `${extraction.adapter} ${extraction.version}, ${extraction.extractedAt}`),
    row('capture', `${capture.id}, run ${capture.runId}`),
    ...capturedUrls(capture).map(([name, url]) => row(name, url)),
    row('captured', `${capture.capturedAt} (${capture.capturedAtBasis}) by ${capture.method}${statusOf(capture)}`),
    row('payload', payloadInWords(capture, provenBytes)),
    row('record', `warc/${file}, offset ${offset}, length ${length}${shared}`),
    ...explainExcerpt(excerpt),
  ]
}

function payloadInWords({ digest, redacted }: ShownSource['capture'], provenBytes: number | null): string {
  if (redacted !== null) return `${digest}, removed on request on ${redacted.at}: ${redacted.reason}`
  return `${digest}, ${provenBytes} bytes, hashed again`
}

function placeInWords({ selector, path, line, endLine }: ShownSource['place']): string {
  const parts = [
    ...(selector === null ? [] : [`selector ${selector}`]),
    ...(path === null ? [] : [`JSON path ${path === '' ? '(the whole)' : path}`]),
    ...(line === null ? [] : [`lines ${line}–${endLine ?? line}`]),
  ]
  return parts.length === 0 ? 'the whole payload' : parts.join(', ')
}

function capturedUrls({ input, url, finalUrl, originalUrl }: ShownSource['capture']): (readonly [string, string])[] {
  const named = [
    ['asked', input],
    ['url', url === input ? null : url],
    ['answered', finalUrl === url ? null : finalUrl],
    ['original', originalUrl],
  ] as const
  return named.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
}

function statusOf({ status }: ShownSource['capture']): string {
  return status === null ? '' : `, HTTP ${status}`
}

function explainExcerpt(excerpt: ShownSource['excerpt']): string[] {
  if (excerpt === null) return []
  const { text } = excerpt
  const rest =
    text.length > EXCERPT_LENGTH ? [`… ${text.length - EXCERPT_LENGTH} more characters; --json gives all`] : []
  return ['', ...[...text.slice(0, EXCERPT_LENGTH).split('\n'), ...rest].map((line) => `    | ${line}`)]
}

function row(name: string, value: string): string {
  return `  ${name.padEnd(10)} ${value}`
}
