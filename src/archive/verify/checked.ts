// What a check of an archive comes across, one thing at a time: the words that all checks share.
import type { Seal } from '../seal/seal.ts'
import type { FileHash } from '../warc/hashes.ts'

/** Something that is not as it was written. */
export interface Problem {
  /** File and byte, or table and row. */
  readonly where: string
  readonly what: string
}

/** What a check came across: something that is as it was written, or a problem. */
export type Checked =
  | { readonly ok: 'capture' | 'post' | 'other'; readonly count?: number }
  | { readonly ok: 'file'; readonly proof: FileProof }
  | Problem

/** Which way a whole file was found to be right. */
export interface FileProof {
  /** Inside the archive. */
  readonly file: string
  readonly by: 'hash' | 'records' | 'rows'
  /** Why its hash alone was not enough; null when it was, or nobody asked. */
  readonly why: string | null
  /** Of a WARC file: its hash, when no event tells it yet. */
  readonly hash?: FileHash | null
  /** Of the database: its seal as it has to be. */
  readonly seal?: Seal | null
}
