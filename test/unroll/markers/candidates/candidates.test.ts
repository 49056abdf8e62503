// What the parser must list, whatever the script and form, and how it ranks a marker above a look-alike.

import { describe, expect, it } from 'vitest'
import { findMarkers } from '../../../../src/unroll/markers/candidates/candidates.ts'
import { findCues } from '../../../../src/unroll/markers/candidates/cues.ts'
import fc from '../../../laws.ts'

/** Post, number, total, and the characters the marker covers. */
const TRUE: readonly (readonly [text: string, number: number, total: number | null, span: string])[] = [
  ['The ferry left early.\n/4', 4, null, '/4'],
  ['The ferry left early. 4/', 4, null, '4/'],
  ['4/ The ferry left early.', 4, null, '4/'],
  ['4/The ferry left early.', 4, null, '4/'],
  ['//4 The ferry left', 4, null, '//4'],
  ['4\\ The ferry left', 4, null, '4\\'],
  ['The ferry left early. 4/9', 4, 9, '4/9'],
  ['4/9 The ferry left early', 4, 9, '4/9'],
  ['4/9: The ferry left early', 4, 9, '4/9:'],
  ['4/9 - The ferry left early', 4, 9, '4/9 -'],
  ['Waiting for the tide — 4/9', 4, 9, '— 4/9'],
  ['Waiting (4/9)', 4, 9, '(4/9)'],
  ['Waiting for the tide(4/9)', 4, 9, '(4/9)'],
  ['Waiting for it（４／９）', 4, 9, '（４／９）'],
  ['The rest is in this blog post 4/9', 4, 9, '4/9'],
  ['That is all (4/4) /END', 4, 4, '(4/4) /END'],
  ['4/ The end.', 4, null, '4/ The end.'],
  ['[4/9] Waiting', 4, 9, '[4/9]'],
  ['Waiting for the tide [4 of 9]', 4, 9, '[4 of 9]'],
  ['4 of 9: Harbour dues', 4, 9, '4 of 9:'],
  ['4 von 9 Hafengebühren', 4, 9, '4 von 9'],
  ['Teil 4/9: Hafengebühren', 4, 9, 'Teil 4/9:'],
  ['Part 4: Harbour dues', 4, null, 'Part 4:'],
  ['(4) Harbour dues', 4, null, '(4)'],
  ['4) Harbour dues', 4, null, '4)'],
  ['4. Harbour dues', 4, null, '4.'],
  ['4: Harbour dues', 4, null, '4:'],
  ['4 - Harbour dues', 4, null, '4 -'],
  ['4| Harbour dues', 4, null, '4|'],
  ['#4 Harbour dues', 4, null, '#4'],
  ['4\n\nHarbour dues', 4, null, '4'],
  ['4/x Harbour dues', 4, null, '4/x'],
  ['4/N Harbour dues', 4, null, '4/N'],
  ['Harbour dues 4/?', 4, null, '4/?'],
  ['Harbour dues (4/∞)', 4, null, '(4/∞)'],
  ['Harbour dues. 4/...', 4, null, '4/...'],
  ['Harbour dues. 4/9 #ports #history', 4, 9, '4/9'],
  ['Harbour dues. 4/9 https://example.org/ports/7', 4, 9, '4/9'],
  ['Harbour dues. 4/9 👇👇🏽', 4, 9, '4/9'],
  ['Harbour dues.4/9', 4, 9, '4/9'],
  ['🧵4/9 Harbour dues', 4, 9, '4/9'],
  ['THREAD 4/9 Harbour dues', 4, 9, '4/9'],
  ['Harbour dues. 4/ (THREAD)', 4, null, '4/'],
  ['@mira @tom 4/9 Harbour dues', 4, 9, '4/9'],
  ['#ports 4/9 Harbour dues', 4, 9, '4/9'],
  ['(Update 4/9) Harbour dues', 4, 9, '(Update 4/9)'],
  ['All told, 9/9 END', 9, 9, '9/9 END'],
  ['All told. 9/END', 9, null, '9/END'],
  ['All told. 9/9 The end.', 9, 9, '9/9 The end.'],
  ['Alles. [9/9] Ende', 9, 9, '[9/9] Ende'],
  ['Todo. 9/9 Fin del hilo.', 9, 9, '9/9 Fin del hilo.'],
  ['全部。（9/9）完', 9, 9, '（9/9）完'],
  ['Всё. /9 КОНЕЦ', 9, null, '/9 КОНЕЦ'],
  ['All told. (9 of 9) FIN', 9, 9, '(9 of 9) FIN'],
  ['All told. 9. END THREAD', 9, null, '9. END THREAD'],
  ['٤/٩ رسوم الميناء', 4, 9, '٤/٩'],
  ['۴/۹ عوارض بندر', 4, 9, '۴/۹'],
  ['\u200f(٤/٩) رسوم', 4, 9, '(٤/٩)'],
  ['४/९ बंदरगाह शुल्क', 4, 9, '४/९'],
  ['৪/৯ বন্দর শুল্ক', 4, 9, '৪/৯'],
  ['๔/๙ ค่าธรรมเนียมท่าเรือ', 4, 9, '๔/๙'],
  ['４／９　港の料金', 4, 9, '４／９'],
  ['港の料金（４／９）', 4, 9, '（４／９）'],
  ['港の料金【４／９】', 4, 9, '【４／９】'],
  ['4⁄9 with U+2044', 4, 9, '4⁄9'],
  ['4∕9 with U+2215', 4, 9, '4∕9'],
  ['𝟒/𝟗 in bold', 4, 9, '𝟒/𝟗'],
  ['④ Harbour dues', 4, null, '④'],
  ['➃ Harbour dues', 4, null, '➃'],
  ['❹ Harbour dues', 4, null, '❹'],
  ['⑷ Harbour dues', 4, null, '⑷'],
  ['㉔ Harbour dues', 24, null, '㉔'],
  ['4️⃣ Harbour dues', 4, null, '4️⃣'],
  ['1️⃣2️⃣ Harbour dues', 12, null, '1️⃣2️⃣'],
  ['🔟 Harbour dues', 10, null, '🔟'],
  ['四、港口费', 4, null, '四、'],
  ['十二/ 港口费', 12, null, '十二/'],
  ['（四）港口费', 4, null, '（四）'],
]

const FALSE: readonly string[] = [
  'Never forget 9/11',
  'The value of f(1/2)',
  'The desk is staffed 24/7',
  'Mixed at 3/4 speed',
  '2/3 of the harbour froze',
  '1/2 cup of rice, 1/4 tsp of salt',
  'A solid 7/10 for the acting',
  'On 3/4/2021 we sailed',
  '7/11 was closed',
  'Wordle 412 4/6\n\n🟩⬛⬛⬛⬛',
  '17/100 #100DaysOfCode parsers again',
  '112/365 the old lighthouse',
  'See you on Friday 10/3',
  'Applications close (deadline 4/15)',
  'https://example.org/4',
  'read example.org/4/9',
  'The F/2.8 lens at 1/250',
  'A waltz is in 3/4',
  'Blood pressure was 120/80',
  'We tied 2-2',
  '3.5 million passengers',
  '1987. What a year.',
  '24. Dezember, und kein Schnee',
  '1. rope 2. tar 3. patience',
  'He and/or she, w/ luggage',
  'It was 50/50 at best',
  'Luke 6/20 and what follows',
  '(2) The harbour in winter - YouTube',
  '3rd/4th floor',
  '4) is wrong, as shown above',
]

describe('findMarkers', () => {
  it.each(TRUE)('lists the marker of %j', (text, number, total, span) => {
    const found = findMarkers(text).find((marker) => marker.number === number && marker.total === total)
    expect(found && text.slice(found.start, found.end)).toBe(span)
  })

  it.each(FALSE)('does not believe %j', (text) => {
    expect(findMarkers(text).filter((marker) => marker.prior >= 0.5)).toEqual([])
  })

  it('lists both readings of a list item that carries a counter', () => {
    const numbers = findMarkers('1. Ropes, and who makes them.\n[5/12]').map((marker) => [marker.form, marker.number])
    expect(numbers).toContainEqual(['n/m', 5])
    expect(numbers).toContainEqual(['n.', 1])
  })

  it('says where a marker stands', () => {
    const placeOf = (text: string) => findMarkers(text)[0]?.place
    expect(placeOf('/3')).toBe('alone')
    expect(placeOf('Ropes.\n\n/3')).toBe('own-line-after')
    expect(placeOf('3/\nRopes.')).toBe('own-line-before')
    expect(placeOf('3/ Ropes.')).toBe('head')
    expect(placeOf('Ropes. 3/')).toBe('tail')
  })

  it.each([
    ...['Ende des Threads', 'fin del hilo', 'Fine del thread', 'konec vlákna', 'конец треда', 'SON', 'SLUT'],
    ...['KONEC', 'конец', 'кінець', 'vége', 'τέλος', 'انتهى', 'پایان', 'סוף', 'समाप्त', 'จบ', '끝', '终', '完', '以上'],
  ])('hears that a thread ends: %s', (word) => {
    for (const text of [`And so it went. ${word}`, `And so it went.\n${word}.`])
      expect(findCues(text).map(({ kind }) => kind)).toEqual(['end'])
    expect(findCues(`${word} and more`)).toEqual([])
  })

  it('hears it behind a full stop without a space, where none is written', () => {
    expect(findCues('渡轮走了。完').map(({ kind }) => kind)).toEqual(['end'])
    expect(findCues('¿Quiénes son? Ellos son.')).toEqual([])
  })

  it('gives an end sign without a number as a candidate of its own', () => {
    for (const text of ['That is all.\n/END', 'That is all.\n\n[End]', 'That is all /fin', 'That is all.\n-30-'])
      expect(findMarkers(text)[0]).toMatchObject({ number: null, form: 'end', cue: 'end' })
    expect(findMarkers('In the end, the tide won.')).toEqual([])
  })

  it('is total and deterministic, and its spans lie inside the text', () => {
    const piece = fc.constantFrom(
      '1',
      '/',
      '(',
      ')',
      '٣',
      '１',
      '①',
      '1️⃣',
      '\ud83e',
      '\udd9f',
      '🧵',
      '\n',
      ' ',
      '#',
      'END',
      'a',
      '.',
      '\u200f',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (value) => {
        const found = findMarkers(value)
        expect(findMarkers(value)).toEqual(found)
        for (const { start, end, prior, number } of found) {
          expect(0 <= start && start < end && end <= value.length).toBe(true)
          expect(prior > 0 && prior < 1).toBe(true)
          expect(number === null || Number.isSafeInteger(number)).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('looks at the two ends only, however long the post', () => {
    const long = `3/ ${'rope and tar '.repeat(400_000)} [3/9]`
    expect(findMarkers(long).map((marker) => marker.number)).toEqual([3, 3])
    for (const hostile of ['(', '1/', '#a ', '@', '\n', 'END ', '\u2060', '1️⃣']) findMarkers(hostile.repeat(500_000))
  })
})

describe('findCues', () => {
  it.each([
    ['🧵👇', 'start'],
    ['A thread:', 'start'],
    ['THREAD\n\nRopes', 'start'],
    ['Hilo 👇 sobre cuerdas', 'start'],
    ['Тред про канаты', 'start'],
    ['(A short 🧵)', 'start'],
    ['🚨 THREAD 🚨 Ropes', 'start'],
    ['‼️THREAD‼️ Ropes', 'start'],
    ['*Thread* Ropes', 'start'],
    ['MEGATHREAD: ropes', 'start'],
    ['A mini-thread:\nropes', 'start'],
    ['Tweetstorm: ropes', 'start'],
    ['Ein Thread: Taue', 'start'],
    ['Ketju: köydet', 'start'],
    ['رشتو: طناب', 'start'],
    ['推文串：绳子', 'start'],
    ['Ropes and how they hold ⚓️ HILO ⚓️', 'start'],
    ['Ropes.\n/END', 'end'],
    ['That is all. Fin.', 'end'],
    ['End of thread. Thanks!', 'end'],
    ['Ropes.\n\n/TO BE CONTINUED', 'end'],
    ['and then the rope…', 'continues'],
    ['(cont.) the rope', 'continued'],
    ['… the rope', 'continued'],
  ])('reads %j as %s', (text, kind) => {
    expect(findCues(text).map((cue) => cue.kind)).toContain(kind)
  })

  it('leaves running text alone', () => {
    for (const text of ['a thread of cotton', 'the end of summer is near', 'I finished it', 'a 🪡 thread of silk 🪢'])
      expect(findCues(text)).toEqual([])
  })
})
