import { writeFileSync } from 'node:fs'
import { matchBest } from '../../src/unroll/match.ts'
import { breakCycles, listChains } from '../../src/unroll/chains.ts'
import { listHoles, mayFill, tallyHole } from '../../src/unroll/holes.ts'
import { listCandidates } from '../../src/unroll/candidates.ts'
import { tallyPair } from '../../src/unroll/evidence.ts'
import { groupBags, makeSample, type Sample, SignalNames } from './samples.ts'
import { LEVELS, readTangle, TANGLE } from './tangle.ts'
import { train, weighPairs, type Graph } from './train.ts'
const { scoreBag, summarise } = await import(`${TANGLE}/score.mjs`)

const L2 = Number(process.env['L2'] ?? 2)
const bags = readTangle()
const names = { loose: new SignalNames(), chain: new SignalNames(), hole: new SignalNames() }
const samples = bags.map((bag) => makeSample(bag, names.loose))
const groups = groupBags(bags)

function graph(left: number, right: number, rows: readonly (readonly (readonly [number, (t: (s: string, v: number) => void) => void])[])[], truth: Int32Array, n: SignalNames): Graph {
  const start = new Int32Array(left + 1)
  const [to, at, signal, value]: [number[], number[], number[], number[]] = [[], [0], [], []]
  rows.forEach((row, i) => {
    for (const [j, f] of row) {
      to.push(j)
      f((name, amount) => { signal.push(n.indexOf(name)); value.push(amount) })
      at.push(signal.length)
    }
    start[i + 1] = to.length
  })
  return { left, right, trueNext: truth, start, to: Int32Array.from(to), at: Int32Array.from(at), signal: Int32Array.from(signal), value: Float64Array.from(value) }
}

// contracted truth
function skeletonTruth(s: Sample): Int32Array {
  const next = new Int32Array(s.bag.size).fill(-1)
  s.bag.number.forEach((n, i) => {
    if (n < 0) return
    let j = s.trueNext[i]!
    while (j >= 0 && s.bag.number[j]! < 0) j = s.trueNext[j]!
    next[i] = j
  })
  return next
}
const chainGraphs = samples.map((s) => {
  const cands = listCandidates(s.bag)
  return graph(s.bag.size, s.bag.size, cands.map((list, i) => s.bag.number[i]! < 0 ? [] : [...list].filter((j) => s.bag.number[j]! >= 0).map((j) => [j, (t: (s: string, v: number) => void) => tallyPair(s.bag, i, j, t)] as const)), skeletonTruth(s), names.chain)
})

function skeleton(s: Sample, g: Graph, theta: Float64Array): Int32Array {
  const weight = weighPairs(g, theta)
  const next = matchBest({ left: g.left, right: g.right, start: g.start, to: g.to, weight })
  breakCycles(next, (i, j) => lookup(g, weight, i, j))
  return next
}
function lookup(g: Graph, weight: Float64Array, i: number, j: number): number { for (let e = g.start[i]!; e < g.start[i + 1]!; e++) if (g.to[e] === j) return weight[e]!; return 0 }

function holeGraph(s: Sample, next: Int32Array) {
  const chains = listChains(next).filter((c) => s.bag.number[c[0]!]! >= 0)
  const holes = listHoles(s.bag, chains)
  const prevTrue = new Int32Array(s.bag.size).fill(-1)
  s.trueNext.forEach((j, i) => { if (j >= 0) prevTrue[j] = i })
  const truth = new Int32Array(s.bag.size).fill(-1)
  const taken = new Set<number>()
  for (let u = 0; u < s.bag.size; u++) {
    if (s.bag.number[u]! >= 0) continue
    if (prevTrue[u]! >= 0 && s.bag.number[prevTrue[u]!]! < 0) continue // only run starts
    const run: number[] = []
    let a = u
    for (; a >= 0 && s.bag.number[a]! < 0; a = s.trueNext[a]!) run.push(a)
    const before = prevTrue[u]!, after = a
    if (before < 0 && after < 0) continue
    const found = holes.map((h, k) => [h, k] as const).filter(([h]) => (before >= 0 ? h.before === before : h.after === after && h.before < 0))
    // a hole with both ends right is best
    const chosen = found.filter(([h]) => h.after === after || before < 0).length ? found.filter(([h]) => h.after === after || before < 0) : found
    const list = before < 0 ? chosen.slice(Math.max(0, chosen.length - run.length)) : chosen
    const use = before < 0 ? run.slice(Math.max(0, run.length - chosen.length)) : run
    use.forEach((x, k) => { const h = list[k]; if (h && !taken.has(h[1])) { truth[x] = h[1]; taken.add(h[1]) } })
  }
  const rows = Array.from({ length: s.bag.size }, (_, u) => s.bag.number[u]! >= 0 ? [] : holes.map((h, k) => [h, k] as const).filter(([h]) => mayFill(s.bag, u, h)).map(([h, k]) => [k, (t: (s: string, v: number) => void) => tallyHole(s.bag, u, h, t)] as const))
  return { chains, holes, g: graph(s.bag.size, holes.length, rows, truth, names.hole) }
}

function fill(s: Sample, next: Int32Array, theta: Float64Array): Int32Array {
  const { chains, holes, g } = holeGraph(s, next)
  const weight = weighPairs(g, padded(theta))
  const mate = matchBest({ left: g.left, right: g.right, start: g.start, to: g.to, weight })
  const inHole = new Map<number, number>()
  mate.forEach((h, u) => { if (h >= 0) inHole.set(h, u) })
  const out = new Int32Array(s.bag.size).fill(-1)
  let k = 0
  const byChain = new Map<readonly number[], number[]>()
  holes.forEach((h, at) => { if (inHole.has(at)) (byChain.get(h.chain) ?? byChain.set(h.chain, []).get(h.chain)!).push(at) })
  for (const chain of chains) {
    const at = byChain.get(chain) ?? []
    const seq: number[] = []
    const put = (f: (x: (typeof holes)[number]) => boolean) => {
      const us = at.filter((x) => f(holes[x]!)).map((x) => inHole.get(x)!)
      seq.push(...us.sort((a, b) => order(s, a, b)))
    }
    put((h) => h.kind === 'head')
    chain.forEach((c, x) => { seq.push(c); put((h) => h.before === c) })
    seq.slice(1).forEach((x, n) => { out[seq[n]!] = x })
    k++
  }
  return out
}
function order(s: Sample, a: number, b: number) { return (s.bag.idRank[a]! - s.bag.idRank[b]!) || (s.bag.page[a]! - s.bag.page[b]!) || 0 }
function padded(t: Float64Array) { if (t.length >= names.hole.names.length) return t; const o = new Float64Array(names.hole.names.length); o.set(t); return o }

function leftovers(s: Sample, next: Int32Array, theta: Float64Array): Int32Array {
  const weight = weighPairs(s, theta)
  const prev = new Set(next)
  for (let i = 0; i < s.bag.size; i++) for (let e = s.start[i]!; e < s.start[i + 1]!; e++) {
    const j = s.to[e]!
    if (next[i] !== -1 || prev.has(j)) weight[e] = next[i] === j ? 50 : -1
  }
  const out = matchBest({ left: s.bag.size, right: s.bag.size, start: s.start, to: s.to, weight })
  next.forEach((j, i) => { if (j >= 0) out[i] = j })
  const base = weighPairs(s, theta)
  breakCycles(out, (i, j) => (next[i] === j ? 50 : lookup(s, base, i, j)))
  return out
}

function answer(sample: Sample, next: Int32Array) {
  return { threads: listChains(next).map((chain) => ({ posts: chain.map((k, x) => ({ sources: sample.lines[k]!.map((line) => ({ line })), link: x === 0 ? null : { p: null } })), gaps: [] })), unplaced: [] }
}
function joint(sample: Sample, theta: Float64Array) {
  const weight = weighPairs(sample, theta)
  const next = matchBest({ left: sample.bag.size, right: sample.bag.size, start: sample.start, to: sample.to, weight })
  breakCycles(next, (i, j) => lookup(sample, weight, i, j))
  return next
}

interface Model { loose: Float64Array; chain: Float64Array; hole: Float64Array }
function fitModel(idx: number[]): Model {
  const loose = train(idx.map((k) => samples[k]!), names.loose.names.length, L2)
  const chain = train(idx.map((k) => chainGraphs[k]!), names.chain.names.length, L2)
  const hg = idx.map((k) => holeGraph(samples[k]!, skeleton(samples[k]!, chainGraphs[k]!, chain)).g)
  const hole = train(hg, names.hole.names.length, L2)
  return { loose, chain, hole }
}
function passes(k: number, m: Model): Int32Array {
  const s = samples[k]!
  return leftovers(s, fill(s, skeleton(s, chainGraphs[k]!, m.chain), m.hole), m.loose)
}
const METHODS: Record<string, (k: number, m: Model) => Int32Array> = { joint: (k, m) => joint(samples[k]!, m.loose), passes }

const distinct = [...new Set(groups)]
const sizes = new Map<number, number>()
for (const g of groups) sizes.set(g, (sizes.get(g) ?? 0) + 1)
const FOLDS = 7
const foldOf = new Map<number, number>()
const load = Array(FOLDS).fill(0)
for (const g of distinct.sort((a, b) => sizes.get(b)! - sizes.get(a)! || a - b)) { const f = load.indexOf(Math.min(...load)); foldOf.set(g, f); load[f] += sizes.get(g)! }
const results = new Map<string, unknown[]>()
const add = (key: string, x: unknown) => { const l = results.get(key) ?? []; results.set(key, l); l.push(x) }
for (let fold = 0; fold < FOLDS; fold++) {
  const model = fitModel(samples.map((_, k) => k).filter((k) => foldOf.get(groups[k]!) !== fold))
  samples.forEach((s, k) => { if (foldOf.get(groups[k]!) === fold) for (const [name, f] of Object.entries(METHODS)) add(`${name} ${s.source.level}`, scoreBag(s.source.truth, answer(s, f(k, model)))) })
}
for (const level of LEVELS) console.log(level, Object.keys(METHODS).map((m) => { const r = summarise(results.get(`${m} ${level}`)); return `${m}: set ${r.setF1} ord ${r.orderedF1} link ${r.linkF1}` }).join('   '))
if (process.env['WRITE']) {
  const model = fitModel(samples.map((_, k) => k))
  const dump = (n: SignalNames, t: Float64Array) => n.names.map((x, k) => [x, Math.round(t[k]! * 1000) / 1000] as const).sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([x, w]) => `    '${x}': ${w},`).join('\n')
  writeFileSync(new URL('../../src/unroll/weights.ts', import.meta.url), `// The weights of the model's signals, in natural log-odds. Written by \`npm run fit\`; do not edit.\nexport const WEIGHTS = {\n${(['loose', 'chain', 'hole'] as const).map((n) => `  ${n}: {\n${dump(names[n], model[n])}\n  },`).join('\n')}\n} as const satisfies Readonly<Record<string, Readonly<Record<string, number>>>>\n`)
}
