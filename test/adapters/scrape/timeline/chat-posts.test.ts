// Chats as programs log them and as people copy them, and posts with their signatures below.
import { describe, expect, it } from 'vitest'
import { linesOf } from '../../../../src/adapters/scrape/lines.ts'
import { chooseReading } from '../../../../src/adapters/scrape/reading.ts'
import { readChat } from '../../../../src/adapters/scrape/timeline/chat-posts.ts'
import { readSigned } from '../../../../src/adapters/scrape/timeline/signed-posts.ts'
import { readSpokenPosts } from '../../../../src/adapters/scrape/timeline/spoken-posts.ts'
import type { Timeline } from '../../../../src/adapters/scrape/timeline/timeline.ts'

const lines = (...text: readonly string[]) => linesOf(text.join('\n'))
const said = (timeline: Timeline | null) =>
  timeline?.posts.map(({ handle, name, body }) => `${handle ?? name}: ${body.map(({ text }) => text).join('|')}`)

describe('readChat', () => {
  it.each([
    ['IRC', ['[09:12] <ola> Tar.', '[09:13] <@nils> Rope.', 'still rope']],
    ['IRC without clocks', ['<ola> Tar.', '<nils> Rope.', 'still rope']],
    ['WhatsApp', ['[12/03/2024, 10:00:01] Ola: Tar.', '[12/03/2024, 10:00:09] Nils: Rope.', 'still rope']],
    [
      'signs of direction, as iPhones write them',
      ['\u200e[12/03/2024, 10:00:01] Ola: Tar.', '\u200e[12/03/2024, 10:00:09] Nils: Rope.', 'still rope'],
    ],
    ['WhatsApp on Android', ['12/03/2024, 10:00 - Ola: Tar.', '12/03/2024, 10:02 - Nils: Rope.', 'still rope']],
    ['Telegram', ['Ola, [12.03.2024 10:00]', 'Tar.', '', 'Nils, [12.03.2024 10:01]', 'Rope.', 'still rope']],
    ['Discord', ['general', 'Ola — 12/03/2024 10:00', 'Tar.', 'Nils — Today at 10:02', 'Rope.', 'still rope']],
    ['Slack', ['Ola', '  10:00 AM', 'Tar.', '', 'Nils', '  10:01 AM', 'Rope.', 'still rope']],
    [
      'a clipper',
      [
        'Ola @ola 2024-03-12 (https://x.com/ola/status/17)',
        '',
        'Tar.',
        '---',
        'Nils @nils · https://x.com/n/status/18',
        'Rope.',
        'still rope',
      ],
    ],
    ['WeeChat', ['2024-03-12 10:00:01\tola\tTar.', '2024-03-12 10:00:09\t@nils\tRope.', 'still rope']],
    ['LINE', ['2024/03/12(Tue)', '10:00\tOla\tTar.', '10:01\tNils\tRope.', 'still rope']],
    ['a proxy of IRC', ['[12 Mar 10:00] <ola!n=o@a.example> -Tar.', '[12 Mar 10:01] <nils!n@b> Rope.', 'still rope']],
    [
      'plain text of DiscordChatExporter',
      ['[12-Mar-24 10:00 AM] ola', 'Tar.', '', '[3/12/2024 10:01 AM] nils (pinned)', 'Rope.', 'still rope'],
    ],
    ['a log', ['2024-03-12 10:00:01 Ola: Tar.', '2024-03-12 10:00:09 Nils: Rope.', 'still rope']],
  ])('reads %s', (_, text) => {
    expect(said(readChat(lines(...text)))?.map((one) => one.toLowerCase())).toEqual([
      'ola: tar.',
      'nils: rope.|still rope',
    ])
  })

  it('counts what the program wrote as furniture', () => {
    const irc = ['=== ola has joined', '<ola> Tar.', '<nils> Rope.', '*** nils has quit']
    expect(readChat(lines(...irc))?.dropped).toEqual([1, 4])
    const whatsapp = [
      '12/03/2024, 10:00 - Ola added Nils',
      '12/03/2024, 10:00 - Ola: Tar.',
      '12/03/2024, 10:02 - Nils: Rope.',
    ]
    expect(readChat(lines(...whatsapp))?.dropped).toEqual([1])
  })

  it.each([
    [
      'mIRC',
      ['Session Start: Tue', '[09:11] * kit (k@x) has joined #dock', '[09:12] <ola> Tar.', '[09:13] * ola waves'],
    ],
    [
      'WeeChat',
      ['2024-03-12 09:11\t-->\tkit has joined', '2024-03-12 09:12\tola\tTar.', '2024-03-12 09:13\t *\tola waves'],
    ],
  ])('tells in %s what somebody does from who comes and goes', (_, text) => {
    expect(said(readChat(lines(...text)))).toEqual(['ola: Tar.', 'ola: ola waves'])
  })

  it('hears whom a line speaks to, if that one spoke before', () => {
    const { posts = [] } = readChat(lines('<ola> Tar.', '<nils> OLA, why?', '<ola> kit: no', '<nils> Note: no')) ?? {}
    expect(posts.map(({ addressed }) => addressed)).toEqual([null, 'OLA', null, null])
  })

  it.each([
    ['a story', ['At 10:00 Ola said:', 'Tar.', 'At 10:01 Nils said:', 'Rope.']],
    ['one line of a chat', ['<ola> Tar.', 'So she said.']],
    ['a chat quoted far down', [...'abcde', '<ola> Tar.', '<nils> Rope.']],
    ['a list', ['* Tar is cheap', '* Rope is not', '* Wire sings']],
    ['markup', ['<p> Tar.', 'is not', 'for', 'you']],
  ])('is not %s', (_, text) => {
    expect(readChat(lines(...text))).toBeNull()
  })
})

describe('readSigned', () => {
  it('reads posts above their signatures', () => {
    const text = ['Tar.', '', 'More tar.', '— Ola (@ola) March 3, 2024', '', 'Rope.', '-- Nils (@nils@tide.example)']
    expect(said(readSigned(lines(...text)))).toEqual(['ola: Tar.||More tar.', 'nils@tide.example: Rope.'])
  })

  it('takes the address beside the day', () => {
    const url = 'https://x.com/ola/status/1764563540434989056'
    const { posts = [] } =
      readSigned(lines('Tar.', `— Ola (@ola) [Mar 3, 2024](${url})`, 'Rope.', `— Ola (@ola) ${url}`)) ?? {}
    expect(posts.map(({ printedDate }) => printedDate)).toEqual(['Mar 3, 2024', null])
    expect(posts.map((post) => post.url)).toEqual([url, url])
  })

  it.each([
    ['words below the last', ['Tar.', '— Ola (@ola)', 'Rope.', '— Nils (@nils)', 'And I agree.']],
    ['words behind the name', ['Tar.', '— Ola (@ola) who knows', 'Rope.', '— Nils (@nils) who does not']],
    ['a single one', ['Tar.', '— Ola (@ola)']],
  ])('leaves %s to others', (_, text) => {
    expect(readSigned(lines(...text))).toBeNull()
  })

  it('loses no line that somebody wrote', () => {
    const text = ['A thread 🧵', '1/2 Tar.', '— Ola (@ola)', '2/2 Rope.', '— Ola (@ola)']
    expect(chooseReading(lines(...text)).kind).toBe('timeline')
  })
})

describe('dialogue', () => {
  it('is read by names that speak again', () => {
    const text = ['Ola: Tar.', 'Nils: Rope?', '', 'Ola: Tar, I said:', 'black.']
    expect(said(readSpokenPosts(lines(...text)))).toEqual(['Ola: Tar.', 'Nils: Rope?', 'Ola: Tar, I said:|black.'])
    expect(said(readSpokenPosts(lines('**User:** Tar?', '**Bot:** Rope.', '**User:** No.')))).toHaveLength(3)
  })

  it.each([
    ['facts', ['Title: Tar', 'Author: Ola', 'Date: 2024', 'Place: Leith']],
    ['one name', ['Note: Tar.', 'Note: Rope.', 'Note: Wire.']],
    [
      'an essay with a few',
      ['Ola: Tar.', 'She said so.', 'And again.', 'Nils: Rope.', 'He did not.', 'Ola: Wire.', 'So.'],
    ],
    ['numbers', ['1: Tar.', '2: Rope.', '1: Wire.']],
  ])('is not %s', (_, text) => {
    expect(readSpokenPosts(lines(...text))).toBeNull()
  })
})
