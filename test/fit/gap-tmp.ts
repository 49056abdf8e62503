import { unroll } from '../../src/unroll/unroll.ts'
import { digest } from './samples.ts'
import { readTangle } from './tangle.ts'
const rows = new Map<string, [number, number]>()
const add = (k: string, y: number) => { const r = rows.get(k) ?? [0, 0]; rows.set(k, r); r[0] += y; r[1]++ }
let g = { linked: 0, links: 0 }
for (const bag of readTangle()) {
  const a = unroll([bag.extraction], { order: bag.order, digest })
  const key = new Map<number, number>()
  for (const t of bag.truth.threads) for (const p of t) for (const l of p) key.set(l, p[0]!)
  const gaps = new Set(bag.truth.gaps.map(([x, y]) => `${key.get(x)}>${key.get(y)}`))
  const links = new Set(bag.truth.threads.flatMap((t) => t.slice(1).map((p, i) => `${t[i]![0]}>${p[0]}`)))
  const found = new Set<string>()
  for (const t of a.threads) {
    const k = t.posts.map((p) => key.get(p.post.sources[0]!.line!)!)
    if (bag.level === 'G') t.posts.slice(1).forEach((_, i) => { g.links++; if (links.has(`${k[i]}>${k[i + 1]}`)) g.linked++ })
    const nums = t.posts.map((p) => p.number)
    const lastNum = Math.max(...nums.map((n) => n ?? 0))
    const total = t.declaredTotal
    for (const gap of t.gaps) if (gap.after && gap.before) {
      const pair = `${k[gap.after - 1]}>${k[gap.before - 1]}`
      const y = gaps.has(pair) ? 1 : 0
      found.add(pair)
      const right = links.has(pair) ? 'right' : 'wrong'
      const tot = total === null ? 'no total' : lastNum > total ? 'over' : lastNum === total ? 'full' : 'short'
      add(`${bag.level} all`, y); add(`${right}`, y)
      if (right === 'right') { add(`lost ${gap.count} ${tot}`, y); add(`lv ${bag.level} ${tot}`, y); add(`head? ${nums.slice(0, gap.before - 1).every((n) => n === null)} ${tot}`, y); add(`bridged ${gap.before >= 2 && nums[gap.before - 2] === null} ${tot}`, y); add(`nholes ${t.gaps.filter((x) => x.after && x.before).length} ${tot}`, y) }
    }
  }
  for (const x of gaps) if (!found.has(x)) add(`${bag.level} not found; link right ${[...a.threads].some((t) => { const k = t.posts.map((p) => key.get(p.post.sources[0]!.line!)!); return k.slice(1).some((v, i) => `${k[i]}>${v}` === x) })}`, 1)
}
console.log(g)
console.log([...rows].sort().map(([k, [y, n]]) => `${k}: ${y}/${n}`).join('\n'))
