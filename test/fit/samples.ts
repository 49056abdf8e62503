// Turns tangle bags into samples for the fit: candidate pairs with their signals, and the true successors.
import { sha256 } from '../../src/fixity.ts'
import { bagOf } from '../../src/unroll/authors/bag-posts.ts'
import { groupByAuthor } from '../../src/unroll/authors/gathering.ts'
import { layTogether } from '../../src/unroll/sightings/copies.ts'
import { type Bag, makeBag } from '../../src/unroll/solve/bag.ts'
import type { TangleBag } from './tangle.ts'

export interface Sample {
  readonly source: TangleBag
  readonly bag: Bag
  /** 1-based lines of each post of the bag. */
  readonly lines: readonly (readonly number[])[]
  readonly trueNext: Int32Array
}

export class SignalNames {
  readonly names: string[] = []
  readonly #index = new Map<string, number>()
  indexOf(name: string): number {
    const known = this.#index.get(name)
    if (known !== undefined) return known
    this.#index.set(name, this.names.length)
    return this.names.push(name) - 1
  }
}

export function makeSample(source: TangleBag): Sample {
  const merged = layTogether([source.extraction], sha256)
  const gathering = { posts: merged.posts, places: merged.places, walls: merged.walls, order: source.order }
  const [[author, group] = ['', []]] = groupByAuthor(gathering)
  const { posts, members } = bagOf(gathering, author, group)
  const bag = source.level === 'T' ? makeBag(posts, true) : makeBag(posts)
  const lines = [...members].map((at) => merged.posts[at]?.sources.map((s) => s.line ?? 0) ?? [])
  return { source, bag, lines, trueNext: findTrueNext(source, lines) }
}

function findTrueNext(source: TangleBag, lines: readonly (readonly number[])[]): Int32Array {
  const owner = new Map(lines.flatMap((own, at) => own.map((line) => [line, at] as const)))
  const next = new Int32Array(lines.length).fill(-1)
  for (const thread of source.truth.threads)
    thread.slice(1).forEach((post, k) => {
      const i = owner.get(thread[k]?.[0] ?? 0)
      const j = owner.get(post[0] ?? 0)
      if (i !== undefined && j !== undefined && i !== j) next[i] = j
    })
  return next
}

/** Bags that share a text are by one author: they stay on one side of every split. */
export function groupBags(bags: readonly TangleBag[]): Int32Array {
  const parent = Int32Array.from(bags, (_, at) => at)
  const find = (x: number): number => {
    let root = x
    while (parent[root] !== root) root = parent[root] ?? root
    parent[x] = root
    return root
  }
  const owner = new Map<string, number>()
  bags.forEach((bag, at) => {
    for (const text of bag.texts) {
      const key = text.replace(/[\d/()[\].:#]+|END|THREAD|Thread|🧵|\s+/g, '').slice(0, 60)
      if (key.length < 25) continue
      const other = owner.get(key)
      if (other === undefined) owner.set(key, at)
      else parent[find(at)] = find(other)
    }
  })
  return parent.map((_, at) => find(at))
}
