// By which names the posts of authors are looked for: those of their rows.
import type { Author } from '../../model.ts'

/** Names by which the rows of authors are found. */
export interface AuthorNames {
  readonly handles: readonly string[]
  /** Account ids and names. */
  readonly identities: readonly string[]
}

export function namesOf(authors: Iterable<Author | null>): AuthorNames {
  const [handles, identities] = [new Set<string>(), new Set<string>()]
  for (const author of authors) {
    if (author === null) continue
    if (author.handle !== null) handles.add(author.handle)
    const identity = author.id ?? author.name
    if (identity !== null) identities.add(identity)
  }
  return { handles: [...handles], identities: [...identities] }
}
