// The shape of what `--format json` prints: a contract with other programs. Types only, no code but the version.
// Keys are only ever added; a change of meaning raises FORMAT_VERSION. Unknown is null. Times are UTC ISO 8601.
import type { Basis, Completeness, Evidence, GapClass, Media, NoteLevel, Quote } from '../../model.ts'

export const FORMAT_VERSION = 1

/** The whole document. */
export interface JsonDocument {
  /** Version of the program that wrote it. */
  readonly unspool: string
  readonly format: typeof FORMAT_VERSION
  readonly threads: readonly JsonThread[]
  readonly conversations: readonly JsonConversation[]
  /** Posts with no home above one half. */
  readonly unplaced: readonly JsonUnplaced[]
  readonly notes: readonly JsonNote[]
}

export interface JsonAuthor {
  /** Without @; for the fediverse user@host. */
  readonly handle: string | null
  readonly name: string | null
  readonly url: string | null
  /** The platform's account id. */
  readonly id: string | null
}

/** Where a post was read: one for every sighting, the best first. */
export interface JsonSource {
  /** The file, the URL or `-`, as it was given. */
  readonly input: string
  /** `sha256:<hex>` of the bytes read. */
  readonly capture: string | null
  /** 1-based first line, in text and JSONL. */
  readonly line: number | null
  /** CSS selector, in HTML. */
  readonly selector: string | null
  /** 1-based last line. */
  readonly endLine: number | null
  /** JSON Pointer (RFC 6901), in JSON. */
  readonly path: string | null
}

export interface JsonFootnote {
  readonly label: string
  readonly text: string
}

/** Why a post stands where it stands. */
export interface JsonLink {
  readonly basis: Basis
  /** Probability that the link is true, 4 digits. */
  readonly p: number
  /** The weights sum to the link's log-odds. */
  readonly evidence: readonly Evidence[]
}

/** How sure it is that a piece of a text scrape is one whole post. */
export interface JsonBoundary {
  readonly p: number
  readonly alternatives: readonly { readonly say: string; readonly p: number }[]
}

export interface JsonPost {
  /** 1-based in the thread as we have it. */
  readonly position: number
  /** The number the author gave it. */
  readonly number: number | null
  readonly id: string
  /** Without the author's numbering, unless `--raw`. */
  readonly text: string
  readonly html: string | null
  readonly createdAt: string | null
  readonly url: string | null
  readonly media: readonly Media[]
  readonly quotes: readonly Quote[]
  readonly sources: readonly JsonSource[]
  /** To the post before it; null for the first. */
  readonly link: JsonLink | null
  readonly boundary: JsonBoundary | null
  /** Notes taken out of the text; absent without any. */
  readonly footnotes?: readonly JsonFootnote[]
}

export interface JsonGap {
  /** Positions of the present posts around the gap. */
  readonly after: number | null
  readonly before: number | null
  readonly count: number | null
  readonly class: GapClass
  readonly p: number
  readonly reason: string
}

export interface JsonBranch {
  /** Id of the post it leaves from. */
  readonly from: string
  readonly posts: readonly JsonPost[]
}

export interface JsonThread {
  readonly id: string
  readonly platform: string
  readonly author: JsonAuthor | null
  readonly title: string | null
  readonly url: string | null
  readonly completeness: Completeness
  readonly statement: string
  readonly declaredTotal: number | null
  readonly posts: readonly JsonPost[]
  readonly gaps: readonly JsonGap[]
  readonly branches: readonly JsonBranch[]
  /** Ids it has where less of it is known: once printed, they stay valid. */
  readonly aliases: readonly string[]
}

export interface JsonReply {
  readonly index: number
  /** `index` of the reply it answers; null under the root or when that reply is not here. */
  readonly parent: number | null
  readonly depth: number
  readonly author: JsonAuthor | null
  /** True when the page marks it as written by the author of the article. */
  readonly isPostAuthor: boolean
  readonly createdAt: string | null
  readonly id: string
  readonly text: string
  readonly html: string | null
  readonly sources: readonly JsonSource[]
  readonly link: JsonLink | null
  readonly url: string | null
  readonly media: readonly Media[]
  readonly quotes: readonly Quote[]
  readonly boundary: JsonBoundary | null
  /** Id of the post it answers, here or not; null when nobody said. */
  readonly parentId: string | null
  /** Notes taken out of the text; absent without any. */
  readonly footnotes?: readonly JsonFootnote[]
}

export interface JsonConversation {
  readonly id: string
  readonly title: string | null
  readonly author: JsonAuthor | null
  readonly url: string | null
  readonly publishedAt: string | null
  readonly site: string | null
  /** Null when the root was not seen. */
  readonly body: { readonly text: string; readonly html: string | null } | null
  readonly footnotes: readonly JsonFootnote[]
  readonly declaredReplies: number | null
  readonly completeness: Completeness
  readonly statement: string
  readonly replies: readonly JsonReply[]
  readonly platform: string | null
  readonly media: readonly Media[]
  readonly quotes: readonly Quote[]
  readonly sources: readonly JsonSource[]
}

export interface JsonUnplaced {
  readonly id: string
  readonly platform: string
  readonly author: JsonAuthor | null
  readonly text: string
  readonly html: string | null
  readonly createdAt: string | null
  readonly url: string | null
  readonly media: readonly Media[]
  readonly quotes: readonly Quote[]
  readonly sources: readonly JsonSource[]
  readonly boundary: JsonBoundary | null
  readonly homes: readonly { readonly thread: string; readonly p: number }[]
  /** Notes taken out of the text; absent without any. */
  readonly footnotes?: readonly JsonFootnote[]
}

export interface JsonNote {
  readonly level: NoteLevel
  readonly code: string
  readonly message: string
  readonly input: string | null
}
