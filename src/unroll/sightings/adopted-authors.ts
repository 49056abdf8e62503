// Whose the nameless posts of a page are, told by the copies among them: a scrape without a handle shows posts that
// another page shows with one. Where all copies are one account's, so is the rest of the page.
import type { Author, Extraction, Note, Post } from '../../model.ts'
import { accountOf } from '../../post.ts'

export interface Adoption {
  /** By extraction: the account its nameless posts are read as, or null. */
  readonly accounts: readonly (Author | null)[]
  readonly notes: readonly Note[]
}

/** @param ids the id of every sighting, extraction by extraction */
export function adoptAuthors(extractions: readonly Extraction[], ids: readonly (readonly string[])[]): Adoption {
  const isWanted = extractions.length > 1 && extractions.some(({ posts }) => posts.some(isNameless))
  if (!isWanted) return { accounts: [], notes: [] }
  const known = indexAccounts(extractions, ids)
  const accounts = extractions.map(({ posts }, at) => ownerOf(posts, ids[at] ?? [], known))
  const notes = accounts.flatMap((account, at) =>
    account === null ? [] : adoptionNote(account, extractions[at], ids[at]),
  )
  return { accounts, notes }
}

/** The author of a post, or the account its page's nameless posts are read as. */
export function authorIn({ accounts }: Adoption, page: number, post: Post): Author | null {
  return isNameless(post) ? (accounts[page] ?? post.author) : post.author
}

/** Comments are not: everybody writes them. */
function isNameless({ kind, ref, author }: Post): boolean {
  return kind === 'post' && ref === null && (author?.handle ?? null) === null
}

function indexAccounts(
  extractions: readonly Extraction[],
  ids: readonly (readonly string[])[],
): ReadonlyMap<string, Author> {
  const known = new Map<string, Author>()
  extractions.forEach(({ posts }, page) => {
    posts.forEach(({ author }, n) => {
      if (author !== null && author.handle !== null) keepBest(known, ids[page]?.[n] ?? '', author)
    })
  })
  return known
}

function ownerOf(posts: readonly Post[], ids: readonly string[], known: ReadonlyMap<string, Author>): Author | null {
  const names = new Set<string | null>()
  const found = new Map<string | null, Author>()
  posts.forEach((post, n) => {
    if (!isNameless(post)) return
    names.add(accountOf(post.author))
    const account = known.get(ids[n] ?? '')
    if (account !== undefined) keepBest(found, accountOf(account), account)
  })
  const [account, ...others] = found.values()
  return account === undefined || others.length > 0 || names.size !== 1 ? null : account
}

/** Of several ways to show one account the one that says most, whatever the order of the inputs. */
function keepBest<K>(known: Map<K, Author>, key: K, author: Author): void {
  const other = known.get(key)
  if (other === undefined || compareShown(author, other) < 0) known.set(key, author)
}

function compareShown(a: Author, b: Author): number {
  const [x, y] = [a, b].map(({ id, handle, name, url }) => [id, handle, name, url])
  const told = (all: readonly unknown[] = []): number => all.filter((one) => one !== null).length
  return told(y) - told(x) || (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1)
}

function adoptionNote({ handle }: Author, page: Extraction | undefined, ids: readonly string[] = []): readonly Note[] {
  const input = page?.posts[0]?.provenance.input ?? null
  const message = `Posts here are copies of posts by @${handle}, so those without a name are read as that account's.`
  return [{ level: 'info', code: 'author-by-copies', message, input, about: [...new Set(ids)] }]
}
