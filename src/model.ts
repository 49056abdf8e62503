// The nouns. Types only: this file imports nothing and every stage shares it.
// Unknown is null, never an empty string. Ids are text. Times are UTC ISO 8601 with milliseconds. All is readonly.

/** Where a time comes from: read off a clock, said by the source, taken from a file's date, or not known. */
type TimeBasis = 'observed' | 'declared' | 'file-mtime' | 'unknown'
type CaptureMethod = 'http' | 'browser' | 'file' | 'import'

/** Bytes one URL or file answered with, at one moment, by one method (WARC record, Memento). Never changed. */
export interface Capture {
  /** `sha256:<hex>` over `body`: the capture's name everywhere. */
  readonly digest: string
  /** What the person asked for: a URL, a path as given, or `-`. */
  readonly input: string
  /** The URL asked, or null for a file that does not tell. */
  readonly url: string | null
  /** The URL that answered in the end, after redirects. */
  readonly finalUrl: string | null
  /** For a mirror or web-archive copy: the URL of the original. */
  readonly originalUrl: string | null
  readonly capturedAt: string
  readonly capturedAtBasis: TimeBasis
  readonly method: CaptureMethod
  readonly status: number | null
  /** In order, names as sent; secrets already removed. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly redactedHeaders: readonly string[]
  /** Media type without parameters, lower case, or null when nobody said. */
  readonly mediaType: string | null
  /** The payload after content decoding, exactly; charset decoding happens later. */
  readonly body: Uint8Array
  /** Why `body` ends early, or null when it is whole. */
  readonly truncated: 'length' | 'time' | 'disconnect' | null
  /** Only of a record of another WARC: its name there (`<urn:uuid:…>`, `sha1:…`). Later records refer to it. */
  readonly importedFrom?: { readonly id: string | null; readonly payloadDigest: string | null }
}

/** A platform and the platform's own id of a post, as text. */
export interface PostRef {
  readonly platform: string
  readonly id: string
}

/** The account a post is attributed to (ActivityStreams attributedTo). */
export interface Author {
  /** Platform account id when known; survives a change of handle. */
  readonly id: string | null
  /** Without a leading @; for the fediverse user@host. */
  readonly handle: string | null
  readonly name: string | null
  readonly url: string | null
}

export interface Media {
  readonly kind: 'image' | 'video' | 'gif' | 'audio' | 'file'
  /** Its address; of a file in an account's export its path there. */
  readonly url: string
  readonly alt: string | null
  readonly width: number | null
  readonly height: number | null
  readonly poster: string | null
}

/** A post shown inside another one. */
export interface Quote {
  readonly ref: PostRef | null
  readonly author: Author | null
  readonly text: string | null
  readonly url: string | null
  readonly createdAt: string | null
}

export interface Footnote {
  /** The label as printed at the reference, e.g. `1` or `*`. */
  readonly label: string
  readonly text: string
  readonly html: string | null
}

/** How sure a parent, an order or a boundary is founded. Declared beats layout beats inferred. */
export type Basis = 'declared' | 'layout' | 'inferred'
/** The parent a page gives a post: by the platform's id, or by the `key` of another post of the same extraction. */
export interface Parent {
  readonly ref: PostRef | null
  readonly key: string | null
  readonly basis: Basis
  /** Probability that this is the true parent; 1 for declared. */
  readonly p: number
  /** One clause for people, e.g. `nested two levels deep in the comment list`. */
  readonly say: string
}

/** Who read a capture; where it is null, no adapter recognised it. */
export interface AdapterName {
  readonly name: string
  readonly version: number
}

/** Which capture, where in it, read by what (PROV wasDerivedFrom). */
export interface Provenance {
  /** What the person named: URL, path or `-`. */
  readonly input: string
  /** Digest of the capture, null only for posts that come from no capture. */
  readonly capture: string | null
  readonly capturedAt: string | null
  readonly adapter: string
  readonly adapterVersion: number
  /** CSS selector of the post's element in HTML. */
  readonly selector: string | null
  /** JSON Pointer (RFC 6901) of the post's object in JSON. */
  readonly path: string | null
  /** 1-based first and last line in text and JSONL. */
  readonly line: number | null
  readonly endLine: number | null
  /** Keys of the input nobody understood, kept. */
  readonly extra: Readonly<Record<string, unknown>> | null
}

type PostKind = 'post' | 'article' | 'comment'
/** One published message as seen once. An article and a comment are posts too. */
export interface Post {
  /** Unique within its extraction; `Parent.key` and `Block.key` speak in these. */
  readonly key: string
  readonly ref: PostRef | null
  readonly kind: PostKind
  readonly platform: string
  readonly author: Author | null
  /** True when the platform marks the comment as the article author's own. */
  readonly isPostAuthor: boolean
  readonly title: string | null
  /** Plain text, markers kept; lines by \n, paragraphs by a blank line. */
  readonly text: string
  /** Sanitised HTML of the body, or null when the source had none. */
  readonly html: string | null
  readonly createdAt: string | null
  readonly editedAt: string | null
  readonly url: string | null
  readonly lang: string | null
  readonly parent: Parent | null
  /** The platform's conversation id, or null. */
  readonly conversation: string | null
  readonly media: readonly Media[]
  readonly quotes: readonly Quote[]
  readonly footnotes: readonly Footnote[]
  /** Key of the page block the post stands in, or null when the page has no blocks. */
  readonly block: string | null
  /** 0-based place on the page, in page order. */
  readonly index: number
  /** Present when a boundary was inferred (text scrapes): how sure it is one whole post, what else it may be. */
  readonly boundary: Boundary | null
  readonly provenance: Provenance
}
/** How sure the cut of a text scrape into this post is. */
export interface Boundary {
  readonly p: number
  readonly alternatives: readonly { readonly say: string; readonly p: number }[]
}

/** A run of posts that a page presents as a unit, with what it says of it. */
export interface Block {
  readonly key: string
  /** `thread`: the page's own thread; `card`: a preview, cut short; `list`: loose posts of an account or feed. */
  readonly kind: 'thread' | 'card' | 'list'
  readonly title: string | null
  readonly url: string | null
  readonly author: Author | null
  /** "18 tweets", "Read 4 tweets": the number of posts the page says the unit has. */
  readonly declaredTotal: number | null
}

/** What a page says of itself as a whole; `replies`: "44 comments", null also where several discussions stand on it. */
export interface Declared {
  readonly title: string | null
  readonly site: string | null
  readonly replies: number | null
  /** The reply tree as the source tells it, posts it does not show included; absent where it tells none. */
  readonly tree?: readonly { readonly post: PostRef; readonly parent: PostRef | null }[]
  /** URLs of what it lists without words: short items of a feed, pages of a sitemap, teasers of a blog; or absent. */
  readonly lists?: readonly string[]
}
export type NoteLevel = 'info' | 'warning' | 'error'
/** A remark as a value: layout drift, a login wall. `about`: ids of posts that, unrolled too, may make it untrue. */
export interface Note {
  readonly level: NoteLevel
  /** Stable, kebab-case, for programs. */
  readonly code: string
  readonly message: string
  readonly input: string | null
  readonly about?: readonly string[]
}

/** Lines of plain text known to hold posts whose boundaries are not marked. The engine cuts them. */
export interface Scrape {
  readonly author: Author | null
  readonly lines: readonly ScrapeLine[]
  readonly provenance: Provenance
}

export interface ScrapeLine {
  readonly text: string
  /** 1-based in the input. */
  readonly line: number
  /** Key of the block the line stands in, or null. A change of block is a hard cut. */
  readonly block: string | null
  /** True when page furniture stood between this line and the one before: no post goes across. */
  readonly cutBefore: boolean
  /** Pictures and quoted posts that stand beside these words; absent: none. */
  readonly shown?: Pick<Post, 'media' | 'quotes'>
}

/** What an adapter reads out of one capture. */
export interface Extraction {
  /** `none` when whoever gave the input said that its order means nothing; absent: page order. */
  readonly order?: PageOrder
  readonly posts: readonly Post[]
  readonly scrapes: readonly Scrape[]
  readonly blocks: readonly Block[]
  /** URLs that would complete this (next page, parent, JSON twin), and those of them not read; absent: not known. */
  readonly next: readonly string[]
  readonly unread?: readonly string[]
  readonly notes: readonly Note[]
  readonly declared: Declared
}
/** One piece of evidence. The weights of a link's evidence sum to its log-odds. */
export interface Evidence {
  /** Stable name of the signal, e.g. `number-next`. */
  readonly kind: string
  /** For people: `3/17 → 4/17, same form, same total`. */
  readonly say: string
  readonly weight: number
}

/** Why a post follows the one before it. */
export interface Link {
  readonly basis: Basis
  readonly p: number
  readonly evidence: readonly Evidence[]
}

/** One message after copies and mirrors were laid together. */
export interface MergedPost extends Post {
  /** `platform:id`, or `text:<hash>` when no platform names it. */
  readonly id: string
  /** Every sighting, the best first. `provenance` is the first of them. */
  readonly sources: readonly Provenance[]
}

export interface ThreadPost {
  /** 1-based in the thread as we have it. */
  readonly position: number
  /** The number the author gave it, or null. */
  readonly number: number | null
  readonly post: MergedPost
  /** `post.text` without the accepted marker. */
  readonly text: string
  /** The characters taken out of `post.text`, as accepted by the document: [start, end) pairs. */
  readonly strips: readonly (readonly [start: number, end: number])[]
  /** To the post before it; null for the first. */
  readonly link: Link | null
}

export type GapClass = 'missing' | 'skipped' | 'marker-lost' | 'head' | 'tail' | 'branch'

/** Posts we know of and do not have. */
export interface Gap {
  /** Positions of the present posts around it; null at an end. */
  readonly after: number | null
  readonly before: number | null
  readonly count: number | null
  readonly class: GapClass
  readonly p: number
  readonly reason: string
}

export type Completeness = 'complete' | 'partial' | 'unknown'
/** A side chain of the author that leaves the main line. */
export interface Branch {
  /** Id of the post it leaves from. */
  readonly from: string
  readonly posts: readonly ThreadPost[]
}

/** One author's connected run, in reading order. */
export interface Thread {
  /** The id of its first post; `aliases` are ids it has where less of it is known: once printed, they stay valid. */
  readonly id: string
  readonly aliases: readonly string[]
  readonly platform: string
  readonly author: Author | null
  readonly title: string | null
  readonly url: string | null
  readonly completeness: Completeness
  /** One line a person reads: `posts 1–9, 11–17 of 17; 10 missing; END seen`. */
  readonly statement: string
  readonly declaredTotal: number | null
  readonly posts: readonly ThreadPost[]
  readonly gaps: readonly Gap[]
  readonly branches: readonly Branch[]
}

/** A child and its parent in a conversation. `parent` is an id; it may be one we do not have. */
export interface ReplyEdge extends Link {
  readonly child: string
  readonly parent: string
}

export interface ConversationReply {
  readonly index: number
  /** Index of the parent reply; null under the root or when the parent is not here. */
  readonly parent: number | null
  readonly depth: number
  readonly post: MergedPost
  readonly link: Link | null
}

/** Everyone's replies under one root, holes included (ActivityStreams context). */
export interface Conversation {
  /** The id of its root post. */
  readonly id: string
  /** Null when the root is known but was not seen. */
  readonly root: MergedPost | null
  readonly site: string | null
  readonly replies: readonly ConversationReply[]
  readonly declaredReplies: number | null
  readonly completeness: Completeness
  readonly statement: string
}

/** A post with no home above one half, and its best homes. */
export interface Unplaced {
  readonly post: MergedPost
  readonly homes: readonly { readonly thread: string; readonly p: number }[]
}

/** Whether the order in which posts were given means anything. */
export type PageOrder = 'page' | 'none'
/** All that unrolling makes of a set of posts. */
export interface Unrolled {
  readonly threads: readonly Thread[]
  readonly conversations: readonly Conversation[]
  readonly unplaced: readonly Unplaced[]
  readonly edges: readonly ReplyEdge[]
  /** Ids of two posts: the second may carry on the count of the first, though somebody else's: `2/5`, `3/5`. */
  readonly handovers: readonly (readonly [from: string, to: string])[]
  readonly notes: readonly Note[]
}
