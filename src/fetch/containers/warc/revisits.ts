// "The same as before" in other tools' archives: a WARC revisit tells time, address and answer, and refers to the
// record that holds the payload. Finds that payload among what is kept, be it before the revisit, behind it, or in
// another file. Records are named by their id (wget), their payload's digest, or address and time (Heritrix, pywb,
// Browsertrix).
import type { Capture, Note } from '../../../model.ts'
import type { KeptCaptures } from '../../fetcher.ts'
import { typeLeftOut } from '../../http/conditional.ts'
import { headerOf } from '../../redact.ts'
import { captureMember, type RecordNames, type Reference, type Revisit, type Revisits, warn } from '../container.ts'
import { hasDigest } from './told-digest.ts'

/** Revisits that wait for a payload behind them: a year's crawl has fewer, a hostile file has no end. */
const MAX_WAITING = 100_000
/** Captures of one address looked through for a payload whose digest is told. */
const MAX_LOOKED_AT = 50

/** One for all inputs of a command: files refer to each other. */
export function createRevisits(): Revisits {
  const digests = new Map<string, string>()
  let waiting: (Revisit & { readonly kept: KeptCaptures })[] = []
  let lost = 0
  const find = ({ to }: Revisit, kept: KeptCaptures): Capture | null => {
    const told = digests.get(to.payloadDigest ?? '') ?? digests.get(to.id ?? '')
    return (told === undefined ? null : kept.byDigest(told)) ?? findByAddress(to, kept)
  }
  return {
    note: ({ importedFrom, digest }) => {
      for (const name of Object.values(importedFrom ?? {})) if (name !== null) digests.set(name, digest)
    },
    take: (revisit, kept) => {
      const holder = find(revisit, kept)
      if (holder !== null) return fill(revisit, holder)
      if (waiting.length < MAX_WAITING) waiting.push({ ...revisit, kept })
      else lost += 1
      return null
    },
    waiting: () => waiting.length,
    rest: function* () {
      for (const revisit of waiting) {
        const holder = find(revisit, revisit.kept)
        yield holder === null ? missing(revisit) : fill(revisit, holder)
      }
      if (lost > 0) yield warn('revisit-without-payload', `${lost} more of these were not looked for; ${REMEDY}`, '')
      waiting = []
      lost = 0
    },
  }
}

const REMEDY = 'add the file with the earlier capture too, then this one again.'

function missing({ facts, to }: Revisit): Note {
  const earlier = to.capturedAt === null ? '' : ` of ${to.capturedAt}`
  const message = `It says "the same as before", and the capture${earlier} it speaks of is in none of these files nor in the archive. It was left out; ${REMEDY}`
  return warn('revisit-without-payload', message, facts.input)
}

/** The answer as told, with the payload it speaks of. What the revisit does not tell was as before too. */
function fill({ facts }: Revisit, holder: Capture): Capture {
  const { status, headers, redactedHeaders, mediaType, body, truncated } = holder
  const told = { ...facts, mediaType: facts.mediaType ?? mediaType, body, truncated }
  if (facts.status === undefined) return captureMember({ ...told, status, headers, redactedHeaders })
  const own = facts.headers ?? []
  return captureMember(
    facts.status === 304 ? { ...told, headers: [...own, ...typeLeftOut({ headers: own }, holder)] } : told,
  )
}

/**
 * In the archive only: the capture with the names, or the one of this address and time unless its digest says
 * otherwise.
 */
function findByAddress(to: Reference, kept: KeptCaptures): Capture | null {
  if (to.url === null) return null
  let looked = 0
  for (const capture of kept.byUrl(to.url, to.capturedAt)) {
    const isSame = isNamed(capture, to) || (to.payloadDigest === null ? null : agrees(capture, to.payloadDigest))
    if (isSame === true || (isSame === null && to.capturedAt !== null)) return capture
    looked += 1
    if (looked === MAX_LOOKED_AT) return null
  }
  return null
}

function isNamed({ importedFrom }: Capture, { id, payloadDigest }: RecordNames): boolean {
  if (importedFrom === undefined) return false
  return payloadDigest === null ? id !== null && importedFrom.id === id : importedFrom.payloadDigest === payloadDigest
}

/** Null when the bytes were coded otherwise, or the digest is of an unknown kind. */
function agrees({ body, headers }: Capture, told: string): boolean | null {
  const isSame = hasDigest(body, told)
  const isRecoded = ['content-encoding', 'transfer-encoding'].some((header) => headerOf(headers, header) !== null)
  return isSame === false && isRecoded ? null : isSame
}
