// The captures other people published, which lie beside the repository and not in it: every file of every folder,
// unpacked to what a site once answered with. A recording holds many answers, a zipped page one, a module of code the
// values it exports.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { transformSync } from 'esbuild'
import type { Page } from '../../src/adapters/page/page.ts'
import { bytesOf, filesUnder, pageOfBytes, REAL } from './files.ts'

export interface RealCapture {
  /** Path below the folder of captures; `#3` behind it for the fourth answer of a recording. */
  readonly name: string
  /** The file on disk. */
  readonly path: string
  /**
   * True for files that say what others hold (metadata, expected texts, trees): read like any other, but counted apart.
   */
  readonly isTruth: boolean
  readonly page: Page
}

/** What collectors laid beside their captures to compare with. */
const TRUTH_FILE =
  /(?:^|\/)(?:expected[^/]*|groundtruth\.json|structure\.json|urls?\.(?:txt|dat)|__meta\.json|subtask[AB]\.json|timeline_output\.txt|index\.js\.md|[^/]*\.ast\.json|[^/]*\.annotation\.txt)$|\/golden\/|\/expected\//
const TOKEN = '"access_token"'

/** The names of the folders, one a kind of capture; none where there are no captures. */
export function kindsOfCaptures(): string[] {
  if (!existsSync(REAL)) return []
  return readdirSync(REAL).filter((name) => statSync(join(REAL, name)).isDirectory())
}

export function* capturesOf(kind: string): Generator<RealCapture> {
  for (const path of filesUnder(join(REAL, kind))) {
    const name = relative(REAL, path)
    const answers = answersIn(kind, path)
    for (const [i, { url, body }] of answers.entries()) {
      const part = answers.length === 1 ? '' : `#${i}`
      yield { name: name + part, path, isTruth: TRUTH_FILE.test(name), page: pageOfBytes(name + part, body, { url }) }
    }
  }
}

interface Answer {
  readonly url: string | null
  readonly body: Uint8Array
}

function answersIn(kind: string, path: string): Answer[] {
  const bytes = bytesOf(path)
  if (kind === 'reddit-json') return answersOfCassette(bytes)
  if (kind === 'mastodon-api') return answersOfRecording(bytes)
  if (kind === 'x-api-v2' && path.endsWith('.ts')) return valuesOfModule(path, bytes)
  return [{ url: null, body: bytes }]
}

/** vcrpy's cassettes (PRAW): the answers as text; logins hold no posts. */
function answersOfCassette(bytes: Uint8Array): Answer[] {
  const { interactions } = JSON.parse(text(bytes)) as { interactions: Interaction[] }
  const answers = interactions.map(({ request, response }) => ({ url: request.uri, said: response.body.string }))
  return answers.filter(({ said }) => !said.includes(TOKEN)).map(({ url, said }) => ({ url, body: encode(said) }))
}

interface Interaction {
  readonly request: { readonly uri: string }
  readonly response: { readonly body: { readonly string: string } }
}

function answersOfRecording(bytes: Uint8Array): Answer[] {
  const answers = JSON.parse(text(bytes)) as { uri: string; body: unknown }[]
  return answers.map(({ uri, body }) => ({ url: uri, body: encode(JSON.stringify(body)) }))
}

/**
 * Some projects keep answers as the values of a module; a list of answers is as many. Modules that only pass others on
 * are text.
 */
function valuesOfModule(path: string, bytes: Uint8Array): Answer[] {
  const { code } = transformSync(text(bytes), { loader: 'ts', format: 'cjs' })
  const module = { exports: {} as Record<string, unknown> }
  runInContext(code, createContext({ module, exports: module.exports, require: () => ({}) }), {
    filename: basename(path),
  })
  const values = Object.values(module.exports).flat(1)
  const answers = values.map((value) => ({ url: null, body: encode(JSON.stringify(value)) }))
  return answers.length === 0 ? [{ url: null, body: bytes }] : answers
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

function encode(said: string): Uint8Array {
  return new TextEncoder().encode(said)
}
