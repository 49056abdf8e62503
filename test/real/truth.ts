// The stated rule of main lines, written anew so that it can disagree with the engine: an author's replies to his own
// posts make trees; the main line follows the deepest child, ties to the earliest id.

export interface TrueReply {
  readonly id: string
  readonly author: string
  readonly parent: string | null
}

/** All main lines of more than one post, each from its first post on. */
export function mainLinesOf(replies: readonly TrueReply[]): readonly (readonly string[])[] {
  const byId = new Map(replies.map((reply) => [reply.id, reply]))
  const children = new Map<string, string[]>()
  const roots: string[] = []
  for (const { id, author, parent } of [...byId.values()].sort((a, b) => compareIds(a.id, b.id))) {
    const above = parent === null ? undefined : byId.get(parent)
    if (above?.author === author) children.set(above.id, [...(children.get(above.id) ?? []), id])
    else roots.push(id)
  }
  const line = (id: string): readonly string[] => {
    const below = (children.get(id) ?? []).map(line)
    return [id, ...below.reduce<readonly string[]>((best, one) => (one.length > best.length ? one : best), [])]
  }
  return roots.map(line).filter((one) => one.length > 1)
}

function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
}
