// Maximum-weight matching on a sparse bipartite graph by successive shortest augmenting paths with potentials: exact,
// and near-linear where each node has few edges. It knows nothing of posts.

/** Edges grouped by left node: those of node i are `start[i] .. start[i + 1] - 1`. */
export interface Edges {
  readonly left: number
  readonly right: number
  readonly start: Int32Array
  readonly to: Int32Array
  readonly weight: Float64Array
}

const NOBODY = -1

interface Search {
  readonly edges: Edges
  readonly u: Float64Array
  readonly v: Float64Array
  readonly mateOfRight: Int32Array
  readonly mateOfLeft: Int32Array
  readonly distance: Float64Array
  readonly via: Int32Array
  readonly done: Uint8Array
  readonly heap: Heap
  /** Right nodes with a distance, as many as `reached` says. */
  readonly touched: Int32Array
  reached: number
}

/**
 * The right node each left node is matched to, -1 for none, so that the sum of the matched weights is greatest. Edges
 * of weight 0 or less are never used. Equal inputs give equal matchings.
 */
export function matchBest(edges: Edges): Int32Array {
  const search: Search = {
    edges,
    u: new Float64Array(edges.left),
    v: new Float64Array(edges.right),
    mateOfRight: new Int32Array(edges.right).fill(NOBODY),
    mateOfLeft: new Int32Array(edges.left).fill(NOBODY),
    distance: new Float64Array(edges.right).fill(Number.POSITIVE_INFINITY),
    via: new Int32Array(edges.right),
    done: new Uint8Array(edges.right),
    // No edge is looked at twice on the way to one left node.
    heap: { keys: new Float64Array(edges.to.length), nodes: new Int32Array(edges.to.length), size: 0 },
    touched: new Int32Array(edges.right),
    reached: 0,
  }
  for (let node = 0; node < edges.left; node++) augmentFrom(search, node)
  return search.mateOfLeft
}

/**
 * Finds the cheapest path from an unmatched left node to a free right node or to some left node's giving up (cost 0),
 * and flips it. Costs are negated weights; potentials keep reduced costs at 0 or more.
 */
function augmentFrom(search: Search, root: number): void {
  const { u, v, mateOfRight, distance, done, heap, touched } = search
  u[root] = -bestWeight(search.edges, root, v)
  let quitter = root
  let least = -(u[root] ?? 0)
  let end = NOBODY
  relax(search, root, 0, least)
  while (heap.size > 0) {
    const near = heap.keys[0] ?? 0
    const right = popHeap(heap)
    if (done[right] === 1 || near > (distance[right] ?? 0)) continue
    if (near >= least) break
    done[right] = 1
    const mate = mateOfRight[right] ?? NOBODY
    if (mate === NOBODY) {
      end = right
      least = near
      break
    }
    if (near - (u[mate] ?? 0) < least) {
      quitter = mate
      least = near - (u[mate] ?? 0)
    }
    relax(search, mate, near, least)
  }
  updatePotentials(search, root, least)
  flipPath(search, root, end, quitter)
  for (let k = 0; k < search.reached; k++) {
    const right = touched[k] ?? 0
    distance[right] = Number.POSITIVE_INFINITY
    done[right] = 0
  }
  search.reached = 0
  heap.size = 0
}

/**
 * The greatest reduced gain of a node, 0 when giving up is best: it makes the node's first reduced costs non-negative.
 */
function bestWeight(edges: Edges, node: number, v: Float64Array): number {
  let best = 0
  for (let e = edges.start[node] ?? 0; e < (edges.start[node + 1] ?? 0); e++) {
    const gain = (edges.weight[e] ?? 0) + (v[edges.to[e] ?? 0] ?? 0)
    if ((edges.weight[e] ?? 0) > 0 && gain > best) best = gain
  }
  return best
}

function relax(search: Search, left: number, base: number, least: number): void {
  const { edges, u, v, distance, via, done, heap, touched } = search
  for (let e = edges.start[left] ?? 0; e < (edges.start[left + 1] ?? 0); e++) {
    const weight = edges.weight[e] ?? 0
    const right = edges.to[e] ?? 0
    if (weight <= 0 || done[right] === 1) continue
    const reached = base + Math.max(0, -weight - (u[left] ?? 0) - (v[right] ?? 0))
    if (reached >= least || reached >= (distance[right] ?? 0)) continue
    if (distance[right] === Number.POSITIVE_INFINITY) touched[search.reached++] = right
    distance[right] = reached
    via[right] = left
    pushHeap(heap, reached, right)
  }
}

function updatePotentials(search: Search, root: number, least: number): void {
  const { u, v, mateOfRight, distance, done, touched } = search
  u[root] = (u[root] ?? 0) + least
  for (let k = 0; k < search.reached; k++) {
    const right = touched[k] ?? 0
    const slack = least - (distance[right] ?? 0)
    if (done[right] === 0 || slack <= 0) continue
    v[right] = (v[right] ?? 0) - slack
    const mate = mateOfRight[right] ?? NOBODY
    if (mate !== NOBODY) u[mate] = (u[mate] ?? 0) + slack
  }
}

/** Walks back from the free right node, or from the node of the left one that gives up, to the root. */
function flipPath(search: Search, root: number, end: number, quitter: number): void {
  const { mateOfLeft, mateOfRight, via } = search
  let right = end
  if (right === NOBODY) {
    if (quitter === root) return
    right = mateOfLeft[quitter] ?? NOBODY
    mateOfLeft[quitter] = NOBODY
  }
  while (right !== NOBODY) {
    const left = via[right] ?? root
    const next = mateOfLeft[left] ?? NOBODY
    mateOfLeft[left] = right
    mateOfRight[right] = left
    right = left === root ? NOBODY : next
  }
}

interface Heap {
  readonly keys: Float64Array
  readonly nodes: Int32Array
  size: number
}

function pushHeap(heap: Heap, key: number, node: number): void {
  const { keys, nodes } = heap
  let at = heap.size++
  while (at > 0) {
    const up = (at - 1) >> 1
    if ((keys[up] ?? 0) <= key) break
    keys[at] = keys[up] ?? 0
    nodes[at] = nodes[up] ?? 0
    at = up
  }
  keys[at] = key
  nodes[at] = node
}

/** Takes the node of the least key off; the heap must not be empty. */
function popHeap(heap: Heap): number {
  const { keys, nodes } = heap
  const top = nodes[0] ?? 0
  const size = --heap.size
  const key = keys[size] ?? 0
  const node = nodes[size] ?? 0
  let at = 0
  while (size > 0) {
    let down = 2 * at + 1
    if (down + 1 < size && (keys[down + 1] ?? 0) < (keys[down] ?? 0)) down++
    if (down >= size || (keys[down] ?? 0) >= key) {
      keys[at] = key
      nodes[at] = node
      break
    }
    keys[at] = keys[down] ?? 0
    nodes[at] = nodes[down] ?? 0
    at = down
  }
  return top
}
