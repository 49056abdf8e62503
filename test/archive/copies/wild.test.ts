// The law of merging over archives that are hard to merge: any order, any repetition and any grouping give one outcome,
// and it is that of a rebuild.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkArchive } from '../../../src/archive/verify/verify.ts'
import { mergeArchives } from '../../../src/pipeline/merge.ts'
import { rebuildArchive } from '../../../src/pipeline/rebuild.ts'
import fc, { lawCases } from '../../laws.ts'
import { differingTables, digestTables, type LeftOut, NOT_FROM_WARC, type TableDigests } from '../rows.ts'
import { makeFolder, makeOptions } from '../samples.ts'
import { makeWildArchive, type WildScene, wildScene } from './wild-scene.ts'

const TIMEOUT_MS = 1_800_000
/** The merging itself is a run too; it is not what was merged. */
const MERGED = {
  runs: "command <> 'merge'",
  events: "run_key NOT IN (SELECT key FROM runs WHERE command = 'merge')",
  warc_files: "key NOT IN (SELECT warc_file_key FROM runs WHERE command = 'merge')",
}
/** A record in the place of a redacted one is made at each merge; those behind it move. */
const PLACES = ['warc_offset', 'warc_length']
const LEFT_OUT: LeftOut = {
  ...NOT_FROM_WARC,
  ...{ runs: PLACES, captures: PLACES, events: PLACES, warc_files: ['closed_bytes'] },
}
const options = () => ({ ...makeOptions('2026-06-01T00:00:00.000Z'), signal: new AbortController().signal })

it(
  'gives one outcome for any order of wild archives, and that of a rebuild',
  async () => {
    await fc.assert(
      fc.asyncProperty(wildScene, async (scene) => {
        const folder = makeFolder()
        try {
          await checkMerges(folder, scene)
        } finally {
          rmSync(folder, { recursive: true })
        }
      }),
      { numRuns: lawCases(6) },
    )
  },
  TIMEOUT_MS,
)

async function checkMerges(folder: string, scene: WildScene): Promise<void> {
  const archives = scene.archives.map((_, at) => join(folder, `archive${at}`))
  for (const [at, dir] of archives.entries()) await makeWildArchive(dir, scene, at)
  const [straight, shuffled] = [join(folder, 'straight'), join(folder, 'shuffled')]
  mkdirSync(shuffled)
  await mergeArchives(straight, archives, options())
  const expected = digestOf(straight)
  for (const at of [...scene.repeats.map((n) => n % archives.length), ...archives.keys()].reverse())
    await mergeArchives(shuffled, [archives[at]!], options())
  expect(differingTables(digestOf(shuffled), expected)).toEqual([])
  await mergeArchives(archives[0]!, [straight, ...archives.slice(1)], options())
  expect(differingTables(digestOf(archives[0]!), expected)).toEqual([])
  expect([...checkArchive(shuffled)].filter((checked) => !('ok' in checked))).toEqual([])
  await rebuildArchive(shuffled, options())
  expect(differingTables(digestOf(shuffled), expected)).toEqual([])
}

function digestOf(dir: string): TableDigests {
  return digestTables(join(dir, 'archive.sqlite'), LEFT_OUT, MERGED)
}
