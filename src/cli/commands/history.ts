// `unspool history POST`: every content a post was seen with, when, and what changed from one to the next, word by
// word.
import { Command } from 'commander'
import { diffWordsWithSpace } from 'diff'
import type { PostHistory, VersionSeen } from '../../archive/queries/history.ts'
import { UsageError } from '../../errors.ts'
import { plural } from '../../wording.ts'
import { type Done, type Io, print } from '../io.ts'
import { readName } from '../names.ts'
import { archiveOption, examples, jsonOption } from '../options.ts'

/** Edits beyond this are another text; then both are shown whole. Keeps the search for the shortest diff bounded. */
const MAX_EDITS = 5000

/** A piece of a version that stayed, came or went. */
interface Change {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

export function historyCommand(io: Io, done: Done): Command {
  return new Command('history')
    .description('Show every version of a post: when it was first and last seen, and what changed, word by word.')
    .argument('<post>', 'id, unique prefix or address of a post')
    .addOption(archiveOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('unspool history x:1710000000000000001', 'unspool history x:17100 --json'))
    .action(async (post: string, options: { archive: string; json: boolean }) => {
      const { id, versions } = await openHistory(options.archive, post)
      const changes = versions.map((version, at) => changesFrom(versions[at - 1] ?? null, version))
      const shown = versions.map((version, at) => ({ ...version, changes: changes[at] }))
      print(
        io,
        options.json ? JSON.stringify({ id, versions: shown }, null, 2) : explainHistory({ id, versions }, changes),
      )
      done(0)
    })
}

async function openHistory(dir: string, given: string): Promise<PostHistory> {
  const { openArchiveReader } = await import('../../archive/reader.ts')
  const reader = openArchiveReader(dir)
  try {
    const id = await readName(reader, given)
    const history = reader.readHistory(id)
    if (history !== null) return history
    const removed = reader.redactionOf(id)
    if (removed !== null) throw new UsageError(`${id} was removed on request, on ${removed.at}: ${removed.reason}`)
    throw new UsageError(`no post is called ${id} in ${dir}; \`unspool search\` finds posts by words`)
  } finally {
    reader.close()
  }
}

/** From one version to the next; the first one is all there is to show of itself. */
export function changesFrom(
  before: Pick<VersionSeen, 'text'> | null,
  after: Pick<VersionSeen, 'text'>,
): readonly Change[] {
  if (before === null) return [{ kind: 'same', text: after.text }]
  const parts = diffWordsWithSpace(before.text, after.text, { maxEditLength: MAX_EDITS })
  if (parts === undefined)
    return [
      { kind: 'removed', text: before.text },
      { kind: 'added', text: after.text },
    ]
  return parts.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}

function explainHistory({ id, versions }: PostHistory, changes: readonly (readonly Change[])[]): string {
  const blocks = versions.map((version, at) => {
    const before = versions[at - 1] ?? null
    const lines = [render(changes[at] ?? []), ...besides(before, version)]
    return `\n${headOf(version, at, backAfter(versions, at))}\n${indent(lines.join('\n'))}`
  })
  return [`${id}  ${plural(versions.length, 'version')}`, ...blocks].join('\n')
}

/** What a look at the words does not show. HTML follows the words: it is named where they are the same. */
function besides(before: VersionSeen | null, after: VersionSeen): readonly string[] {
  if (before === null) return []
  const isSameText = before.text === after.text
  const title = render(changesFrom({ text: before.title ?? '' }, { text: after.title ?? '' }))
  const others = after.alsoChanged.filter((name) => isSameText || name !== 'html')
  return [
    ...(before.title === after.title ? [] : [`title: ${title}`]),
    ...(others.length === 0 ? [] : [`${isSameText ? 'the same words; ' : ''}changed besides: ${others.join(', ')}`]),
  ]
}

/** The number, from 1, of the latest version that came before this one was last seen; null: none did. */
function backAfter(versions: readonly VersionSeen[], at: number): number | null {
  const { lastSeenAt = '' } = versions[at] ?? {}
  const other = versions.findLastIndex(({ firstSeenAt }, n) => n > at && firstSeenAt < lastSeenAt)
  return other === -1 ? null : other + 1
}

function headOf(version: VersionSeen, at: number, after: number | null): string {
  const { firstSeenAt, lastSeenAt, sightings, editedAt, adapter, sha256 } = version
  const back = after === null ? '' : `, again after ${after}`
  const edited = editedAt === null ? '' : `, edited ${editedAt}`
  const hash = sha256 === null ? '' : `  sha256:${sha256}`
  const span = firstSeenAt === lastSeenAt ? firstSeenAt : `${firstSeenAt} – ${lastSeenAt}`
  return `${at + 1}. seen ${span}, ${plural(sightings, 'time')}${back}, read by ${adapter}${edited}${hash}`
}

/** As `git diff --word-diff` writes it: [-gone-] {+come+}. */
function render(changes: readonly Change[]): string {
  const marks = { same: ['', ''], added: ['{+', '+}'], removed: ['[-', '-]'] } as const
  return changes.map(({ kind, text }) => `${marks[kind][0]}${text}${marks[kind][1]}`).join('')
}

function indent(text: string): string {
  return text.replace(LINE_START, '   ')
}

const LINE_START = /^/gm
