// Who counts as one author when posts are laid together: the same rule as the engine's, over authors as posts and as
// rows show them. It stores nothing.
import type { Author } from '../model.ts'

/** Names by which the rows of authors are found. */
export interface AuthorNames {
  readonly handles: readonly string[]
  /** Account ids and names. */
  readonly identities: readonly string[]
}

type Named = Pick<Author, 'id' | 'handle' | 'name'>

/** One text an account, or null for nobody. A handle beats an account id: mirrors print the handle only. */
export function accountOf(author: Named | null): string | null {
  if (author === null) return null
  const { handle, id, name } = author
  if (handle !== null) return `@${handle.toLowerCase()}`
  return id === null ? name && `"${name}` : `#${id}`
}

export function namesOf(authors: Iterable<Named | null>): AuthorNames {
  const [handles, identities] = [new Set<string>(), new Set<string>()]
  for (const author of authors) {
    if (author === null) continue
    if (author.handle !== null) handles.add(author.handle)
    const identity = author.id ?? author.name
    if (identity !== null) identities.add(identity)
  }
  return { handles: [...handles], identities: [...identities] }
}
