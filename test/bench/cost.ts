// Time and memory of the engine on made posts, beside JSON.parse over the same posts as JSONL: `tsx test/bench/cost.ts ids 100000`.
import { unroll } from '../../src/unroll/unroll.ts'
import { digest } from '../fit/samples.ts'
import { gather, makeDeclared, makeNumbered } from './made-posts.ts'

const [kind = 'ids', size = '100000', perAuthor = '5000'] = process.argv.slice(2)
const [total, per] = [Number(size), Math.min(Number(size), Number(perAuthor))]
const make =
  kind === 'ids'
    ? (author: string, at: number) => makeDeclared(author, per, at)
    : (author: string) => makeNumbered(author, per)
const extraction = gather(make, total, per)
const lines = extraction.posts.map((post) =>
  JSON.stringify({
    text: post.text,
    author: post.author?.handle,
    id: post.ref?.id,
    createdAt: post.createdAt,
    inReplyTo: post.parent?.ref?.id,
  }),
)
let start = performance.now()
for (const line of lines) JSON.parse(line)
const parse = performance.now() - start
const before = process.memoryUsage().rss
start = performance.now()
const { threads } = unroll([extraction], { order: kind === 'page' ? 'page' : 'none', digest })
const spent = performance.now() - start
const perPost = (process.memoryUsage().rss - before) / total
console.log(
  `${kind} ${total} posts, ${per} per author: ${Math.round(spent)} ms, ${(spent / parse).toFixed(1)} × JSON.parse, ${((spent * 1000) / total).toFixed(1)} µs and ${Math.round(perPost)} B a post; ${threads.length} threads`,
)
