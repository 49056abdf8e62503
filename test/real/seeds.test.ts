// The three scrapes the project began with, against the truth a person wrote down. Runs where they lie beside the
// repository, and prints what it compared.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { text } from '../../src/adapters/scrape/text.ts'
import { sha256 } from '../../src/fixity.ts'
import type { Extraction, Post, Unrolled } from '../../src/model.ts'
import { segmentScrapes } from '../../src/unroll/segment/segment.ts'
import { unroll } from '../../src/unroll/unroll.ts'
import { pageOfBytes } from './files.ts'

const SEEDS = join(import.meta.dirname, '../../../shared/seeds')

interface TruePost {
  readonly thread: string
  readonly position: number
  readonly marker: string | null
  readonly text_lines: readonly number[]
}

interface TrueComment {
  readonly author: string
  readonly is_post_author: boolean
  readonly parent: number | null
  readonly text: string
}

function extract(seed: string): Extraction {
  const name = readdirSync(SEEDS).find((file) => file.startsWith(`${seed}_`)) ?? ''
  const page = pageOfBytes(name, readFileSync(join(SEEDS, name)), { mediaType: 'text/plain' })
  return segmentScrapes(text.extract(page))
}

function unrolled(extraction: Extraction): Unrolled {
  return unroll([extraction], { order: 'page', digest: sha256 })
}

const truthOf = (seed: string) => JSON.parse(readFileSync(join(SEEDS, `${seed}-truth.json`), 'utf8'))
const say = (what: string) => console.log(`seeds: ${what}`)

describe.skipIf(!existsSync(SEEDS))('the seeds', () => {
  describe('001, a thread page', () => {
    const truth = existsSync(SEEDS) ? truthOf('001') : null
    const extraction = existsSync(SEEDS) ? extract('001') : null

    it('has the boundaries, and the furniture nowhere', () => {
      const { posts } = extraction as Extraction
      const found = posts.map(({ provenance }) => [provenance.line, provenance.endLine])
      const wanted = (truth.posts as TruePost[]).map(({ text_lines: lines }) => [
        Math.min(...lines),
        Math.max(...lines),
      ])
      expect(found.map(([first]) => first)).toEqual(wanted.map(([first]) => first))
      expect(posts.map((post) => post.text).join('\n')).not.toMatch(/• • •|force a refresh|Missing some/)
      say(`001: ${posts.length} posts, first lines equal to the truth's ${wanted.length}`)
    })

    it('has the threads, in order, with their numbers and gaps', () => {
      const { threads } = unrolled(extraction as Extraction)
      const found = threads.map((thread) => thread.posts.map(({ post }) => post.provenance.line))
      const names = [...new Set((truth.posts as TruePost[]).map((post) => post.thread))]
      const wanted = names.map((name) =>
        truth.posts
          .filter((post: TruePost) => post.thread === name)
          .map((post: TruePost) => Math.min(...post.text_lines)),
      )
      say(
        `001: ${threads.length} threads of ${wanted.length}: ${threads.map((thread) => thread.statement).join(' | ')}`,
      )
      expect(found).toEqual(wanted)
    })
  })

  describe('002, a blog post with comments', () => {
    it('has every comment with author, flag, parent and text', () => {
      const { posts, declared } = extract('002')
      const wanted: TrueComment[] = truthOf('002').comments
      const comments = posts.filter((post) => post.kind === 'comment')
      expect(comments.map((post) => trueForm(post, comments))).toEqual(
        wanted.map(({ author, is_post_author, parent, text: words }) => ({
          author,
          is_post_author,
          parent,
          text: words,
        })),
      )
      expect(declared.replies).toBe(44)
      say(
        `002: ${comments.length} of ${wanted.length} comments equal in author, flag, parent and text; ${declared.replies} declared`,
      )
    })

    it('has the footnotes tied to their references, and says that comments are missing', () => {
      const extraction = extract('002')
      const [article] = extraction.posts as [Post]
      const labels = article.footnotes.map((note) => note.label)
      expect(labels).toEqual(['1', '2', '3', '4', '5', '6', '7'])
      expect(article.html?.match(/<sup>\d<\/sup>/g)).toEqual(labels.map((label) => `<sup>${label}</sup>`))
      const [conversation] = unrolled(extraction).conversations
      expect(conversation).toMatchObject({ completeness: 'partial', declaredReplies: 44 })
      expect(conversation?.replies).toHaveLength(38)
      say(`002: footnotes ${labels.join(' ')} tied; "${conversation?.statement}"`)
    })
  })

  describe('000, an essay', () => {
    it('has title, site, author, address, paragraphs and quotations', () => {
      const { posts, declared } = extract('000')
      const [essay] = posts as [Post]
      expect(posts).toHaveLength(1)
      expect(essay.title).toMatch(/^“Negotiating .* context$/)
      expect(essay.author).toMatchObject({ handle: 'kravietz@agora.echelon.pl', url: 'https://krvtz.net/' })
      expect(declared.site).toContain('krvtz.net')
      const quotes = essay.html?.match(/<blockquote>/g) ?? []
      expect(quotes).toHaveLength(7)
      say(
        `000: ${essay.text.split('\n\n').length} paragraphs, ${quotes.length} quotations told, author ${essay.author?.handle}`,
      )
    })
  })
})

function trueForm(post: Post, comments: readonly Post[]): TrueComment {
  const parent = comments.findIndex((other) => other.key === post.parent?.key)
  return {
    author: post.author?.name ?? '',
    is_post_author: post.isPostAuthor,
    parent: parent === -1 ? null : parent,
    text: post.text,
  }
}
