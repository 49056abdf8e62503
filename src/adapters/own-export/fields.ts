// The values of an exported post as the model has them; what is of another shape is not known.
import type { Author, Boundary, Footnote, Media, Parent, PostRef, Quote } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { timeOfText } from '../extraction/post.ts'
import { countAt, type Json, objectAt, objectsAt, textAt, valueAt } from '../values/json-fields.ts'
import { stringAt } from './findings.ts'

/** An id made of words: nobody's name for the post. */
const TEXT_ID = /^text:[0-9a-f]{16}$/
const ID = /^([^:\s]{1,100}):(.{1,2000})$/s
const MEDIA_KINDS: readonly string[] = ['image', 'video', 'gif', 'audio', 'file'] satisfies readonly Media['kind'][]
const BASES: readonly string[] = ['declared', 'layout', 'inferred'] satisfies readonly Parent['basis'][]
/** A file of an account's export: relative, with an ending. */
const FILE_PATH = /^[\w-][^:?#\\]{0,300}\.\w{2,5}$/
/** What a link says for people is one clause, though there were many reasons. */
const MAX_SAY = 300

/** Platform and id apart; null for an id made of words, and for what is no id. */
export function refOfId(id: string | null): PostRef | null {
  if (id === null || TEXT_ID.test(id)) return null
  const [, platform, own] = ID.exec(id) ?? []
  return platform === undefined || own === undefined ? null : { platform, id: own }
}

export function urlIn(value: Json, key = 'url'): string | null {
  return parseUrl(textAt(value, key))?.href ?? null
}

export function authorIn(value: Json): Author | null {
  const author = objectAt(value, 'author')
  if (author === null) return null
  const [id, handle, name] = ['id', 'handle', 'name'].map((key) => textAt(author, key))
  return { id: id ?? null, handle: handle ?? null, name: name ?? null, url: urlIn(author) }
}

export function timeIn(value: Json, key: string): string | null {
  return timeOfText(textAt(value, key))
}

export function mediaIn(value: Json): readonly Media[] {
  return objectsAt(value, 'media').flatMap((one) => {
    const [kind, told] = [textAt(one, 'kind') ?? '', textAt(one, 'url') ?? '']
    const url = FILE_PATH.test(told) && !told.includes('..') ? told : urlIn(one)
    if (url === null || !MEDIA_KINDS.includes(kind)) return []
    const size = { width: countAt(one, 'width'), height: countAt(one, 'height') }
    return [{ kind: kind as Media['kind'], url, alt: textAt(one, 'alt'), ...size, poster: urlIn(one, 'poster') }]
  })
}

export function quotesIn(value: Json): readonly Quote[] {
  return objectsAt(value, 'quotes').map((one) => {
    const [platform, id] = [textAt(one, 'ref', 'platform'), textAt(one, 'ref', 'id')]
    const ref = platform === null || id === null ? null : { platform, id }
    const told = { text: textAt(one, 'text'), url: urlIn(one), createdAt: timeIn(one, 'createdAt') }
    return { ref, author: authorIn(one), ...told }
  })
}

export function footnotesIn(value: Json): readonly Footnote[] {
  return objectsAt(value, 'footnotes').flatMap((one) => {
    const [label, text] = [stringAt(one, 'label'), stringAt(one, 'text')]
    return label === null || text === null ? [] : [{ label, text, html: null }]
  })
}

export function boundaryIn(value: Json): Boundary | null {
  const p = probabilityAt(valueAt(value, 'boundary'))
  if (p === null) return null
  const alternatives = objectsAt(value, 'boundary', 'alternatives').flatMap((one) => {
    const [say, chance] = [textAt(one, 'say'), probabilityAt(one)]
    return say === null || chance === null ? [] : [{ say, p: chance }]
  })
  return { p, alternatives }
}

/** The post above, on the ground the export gives, as sure as it was then; null where it gives none. */
export function parentIn(value: Json, id: string | null): Parent | null {
  const basis = textAt(value, 'link', 'basis') ?? ''
  const p = probabilityAt(valueAt(value, 'link'))
  if (id === null || p === null || !BASES.includes(basis)) return null
  const said = objectsAt(value, 'link', 'evidence').flatMap((one) => textAt(one, 'say') ?? [])
  const say = said.join('; ').slice(0, MAX_SAY)
  const told = { p: basis === 'declared' ? 1 : p, say: say === '' ? 'the export has it so' : say }
  return { ref: refOfId(id), key: id, basis: basis as Parent['basis'], ...told }
}

function probabilityAt(value: unknown): number | null {
  const p = valueAt(value, 'p')
  return typeof p === 'number' && p >= 0 && p <= 1 ? p : null
}
