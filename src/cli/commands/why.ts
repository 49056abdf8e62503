// `unspool why ID`: the evidence behind each link and gap of one thread, as a table a person can argue with.
import { Command } from 'commander'
import type { ArchiveReader, Finding } from '../../archive/reader.ts'
import type { Conversation, Gap, Link, Thread, ThreadPost } from '../../model.ts'
import { type Done, type Io, print } from '../io.ts'
import { archiveOption, examples, jsonOption } from '../options.ts'
import { shorten } from '../report.ts'
import { findIn } from './show.ts'

interface WhyOptions {
  readonly archive: string
  readonly json: boolean
}

export function whyCommand(io: Io, done: Done): Command {
  return new Command('why')
    .description('Show the evidence behind each link and each gap of a thread or discussion.')
    .argument('<id>', 'id, alias, address, id of a post in it or unique prefix')
    .addOption(archiveOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('unspool why x:1710000000000000001', 'unspool why x:17100 --json'))
    .action(async (id: string, options: WhyOptions) => {
      const { openArchiveReader } = await import('../../archive/reader.ts')
      const reader = openArchiveReader(options.archive)
      try {
        await printWhy(reader, id, options, io)
        done(0)
      } finally {
        reader.close()
      }
    })
}

async function printWhy(reader: ArchiveReader, id: string, options: WhyOptions, io: Io): Promise<void> {
  const findings = await findIn(reader, { dir: options.archive, given: id }, io)
  if (options.json) print(io, JSON.stringify(findings, null, 2))
  else print(io, findings.map((finding) => explainFinding(reader, finding)).join('\n\n'))
}

function explainFinding(reader: ArchiveReader, { thread, conversation }: Finding): string {
  const told = thread ? explainThread(thread) : explainConversation(conversation!)
  const unread = reader.unreadPages(thread ? postsOfThread(thread) : postsOfConversation(conversation!))
  return [told, ...unread.map((url) => `      ⋯ not read: ${url}`)].join('\n')
}

function postsOfThread({ posts, branches }: Thread): readonly string[] {
  return [...posts, ...branches.flatMap((branch) => branch.posts)].map(({ post }) => post.id)
}

function postsOfConversation({ id, replies }: Conversation): readonly string[] {
  return [id, ...replies.map(({ post }) => post.id)]
}

function explainThread(thread: Thread): string {
  const lines = [`${thread.id}  ${thread.completeness}: ${thread.statement}`, '']
  for (const item of thread.posts) {
    lines.push(...explainPost(item))
    lines.push(...thread.gaps.filter((gap) => gap.after === item.position).map(explainGap))
  }
  lines.push(...thread.gaps.filter((gap) => gap.after === null).map(explainGap))
  for (const { from, posts } of thread.branches)
    lines.push('', `side branch from ${from}`, ...posts.flatMap(explainPost))
  return lines.join('\n')
}

function explainPost({ position, number, text, link }: ThreadPost): string[] {
  const place = `${String(position).padStart(4)}  ${number === null ? '  –' : `#${number}`.padStart(3)}`
  return [`${place}  ${shorten(text, 72)}`, ...explainLink(link)]
}

function explainConversation(conversation: Conversation): string {
  const lines = [`${conversation.id}  ${conversation.completeness}: ${conversation.statement}`, '']
  for (const { depth, post, link } of conversation.replies) {
    const indent = '  '.repeat(depth)
    lines.push(`${indent}- ${post.author?.name ?? post.author?.handle ?? 'unknown'}: ${shorten(post.text, 60)}`)
    lines.push(...explainLink(link).map((line) => `${indent}${line}`))
  }
  return lines.join('\n')
}

function explainLink(link: Link | null): string[] {
  if (link === null) return ['            first post']
  const head = `            ${link.basis}, p ${link.p.toFixed(3)}`
  return [
    head,
    ...link.evidence.map(({ weight, kind, say }) => `            ${signed(weight)}  ${kind.padEnd(26)} ${say}`),
  ]
}

function explainGap(gap: Gap): string {
  const many = gap.count === null ? 'an unknown number' : String(gap.count)
  return `      ⋯ ${gap.class}: ${many}, p ${gap.p.toFixed(2)}: ${gap.reason}`
}

function signed(weight: number): string {
  return `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(2)}`.padStart(7)
}
