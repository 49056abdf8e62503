import { describe, expect, it } from 'vitest'
import { readDate, readStamp, slashOrder, slashOrderOf } from '../../../src/adapters/values/dates.ts'

describe('readDate', () => {
  it.each([
    ['2024-05-04T17:02:11+02:00', '2024-05-04T15:02:11.000Z', true],
    ['2019-01-01 00:39:10 UTC', '2019-01-01T00:39:10.000Z', true],
    ['2019-01-01 @ 00:39', '2019-01-01T00:39:00.000Z', false],
    ['June 28, 2015 at 10:25 pm', '2015-06-28T22:25:00.000Z', false],
    ['10. Februar 2019 um 18:05', '2019-02-10T18:05:00.000Z', false],
    ['29. März 2020 um 16:45 Uhr', '2020-03-29T16:45:00.000Z', false],
    ['06.01.2020 um 9:16', '2020-01-06T09:16:00.000Z', false],
    ['26 abril 2022 a las 14:02', '2022-04-26T14:02:00.000Z', false],
    ['3 août 2021 à 12h05', '2021-08-03T12:05:00.000Z', false],
    ['12:00 am, May 1st, 2020', '2020-05-01T00:00:00.000Z', false],
    ['31.10.2023, 10.19 Uhr', '2023-10-31T10:19:00.000Z', false],
    ['17.07, 2011 @ 13:04', '2011-07-17T13:04:00.000Z', false],
    ['28.01.22', '2022-01-28T00:00:00.000Z', false],
    ['28.09.1912:44', '2019-09-28T12:44:00.000Z', false],
    ['28.09.201912:44', '2019-09-28T12:44:00.000Z', false],
    ['发表于 2022-3-4 20:15', '2022-03-04T20:15:00.000Z', false],
    ['25/12/2019', '2019-12-25T00:00:00.000Z', false],
    ['8/17/13 11:04am', '2013-08-17T11:04:00.000Z', false],
    ['08/17/2013 - 11:04 Permalink', '2013-08-17T11:04:00.000Z', false],
    ['08/17/2013 - 1:04 p.m. by Ann', '2013-08-17T13:04:00.000Z', false],
    ['08-17-2013, 11:04 AM', '2013-08-17T11:04:00.000Z', false],
    ['28.oct.2012 | 11:26', '2012-10-28T11:26:00.000Z', false],
    ['5-Nov-2018', '2018-11-05T00:00:00.000Z', false],
    ['14 июля 2020, 09:30', '2020-07-14T09:30:00.000Z', false],
    ['3. července 2019', '2019-07-03T00:00:00.000Z', false],
    ['3. června 2019', '2019-06-03T00:00:00.000Z', false],
    ['7 Ağustos 2021', '2021-08-07T00:00:00.000Z', false],
    ['7. marraskuuta 2021', '2021-11-07T00:00:00.000Z', false],
    ['2015-01-02 03:04 pm (UTC)', '2015-01-02T15:04:00.000Z', true],
    ['January 2 2015, 09:30:00 UTC', '2015-01-02T09:30:00.000Z', true],
    ['January 2 2015, 09:30 UTC+2', '2015-01-02T09:30:00.000Z', false],
    ['4 mars 2019 à 15 h 12 min', '2019-03-04T15:12:00.000Z', false],
    ['4 maart 2019 om 15:12', '2019-03-04T15:12:00.000Z', false],
    ['2019. március 4. - 15:12', '2019-03-04T15:12:00.000Z', false],
    ['4. listopada 2019. u 15:12', '2019-10-04T15:12:00.000Z', false],
    ['4 listopada 2019 o 15:12', '2019-11-04T15:12:00.000Z', false],
    ['4. lipnja 2019.', '2019-06-04T00:00:00.000Z', false],
    ['4 Μαρτίου 2019 στις 3:12 μμ', '2019-03-04T15:12:00.000Z', false],
    ['4 марта, 2019 в 3:12 пп', '2019-03-04T15:12:00.000Z', false],
    ['٤ مارس ٢٠١٩ - ٣:١٢ م', '2019-03-04T15:12:00.000Z', false],
    ['4 كانون الثاني، 2019 الساعة 10:05 ص', '2019-01-04T10:05:00.000Z', false],
    ['4 במרץ 2019 בשעה 15:12', '2019-03-04T15:12:00.000Z', false],
    ['۱۳ اسفند ۱۳۹۷ در ۳:۱۲ ب٫ظ', '2019-03-04T15:12:00.000Z', false],
    ['۱۳۹۷/۱۲/۱۳', '2019-03-04T00:00:00.000Z', false],
    ['2019年3月4日 下午3:12', '2019-03-04T15:12:00.000Z', false],
    ['2019 年 3 月 4 日 15 時 12 分', '2019-03-04T15:12:00.000Z', false],
    ['2019년 3월 4일 3:12 오후', '2019-03-04T15:12:00.000Z', false],
    ['2019. 3. 4. 15:12', '2019-03-04T15:12:00.000Z', false],
    ['Ngày 4 tháng 3 năm 2019 lúc 3:12 chiều', '2019-03-04T15:12:00.000Z', false],
    ['Tháng Mười Hai 4, 2019', '2019-12-04T00:00:00.000Z', false],
    ['4 มีนาคม 2562 เวลา 15:12', '2019-03-04T15:12:00.000Z', false],
    ['4 มี.ค. 2562', '2019-03-04T00:00:00.000Z', false],
    ['মার্চ ৪, ২০১৯', '2019-03-04T00:00:00.000Z', false],
    ['4 मार्च 2019 को 3:12 अपराह्न', '2019-03-04T15:12:00.000Z', false],
    ['posted 4 comments 12 May 2019', '2019-05-12T00:00:00.000Z', false],
  ])('%s', (text, iso, hasZone) => expect(readDate(text)).toEqual({ iso, hasZone }))

  it.each([
    null,
    '',
    '3/4/2019',
    '31.13.2019',
    '31. Februar 2019',
    '2019-02-30T10:00:00Z',
    '2023-02-29',
    'Version 1.2.3',
    'Version 10.12.14.2',
    '6631-10-20',
    'may be 12 of 2000 loaves',
    '99. Mai 2020',
    '3 days ago',
    '12 students 2019',
    '13 اسفند 2019',
    '۳۱ اسفند ۱۳۹۷',
  ])('reads no date in %s', (text) => expect(readDate(text)).toBeNull())
})

describe('the calendar of Iran', () => {
  const persian = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  })
  const names = ['فروردین', 'شهریور', 'مهر', 'اسفند'] as const
  const numbers = [1, 6, 7, 12]

  it('is the one of the Unicode tables', () => {
    for (let year = 1330; year < 1420; year += 1)
      for (const [i, name] of names.entries()) {
        const { iso } = readDate(`29 ${name} ${year}`) ?? { iso: '' }
        expect(persian.format(new Date(iso))).toContain(`${numbers[i]}/29/${year}`)
      }
  })
})

describe('a date with slashes', () => {
  it.each([
    ['fr', '2019-04-03'],
    ['es-MX', '2019-04-03'],
    ['en-GB', '2019-04-03'],
    ['en-US', '2019-03-04'],
  ])('is read as the page (%s) writes', (lang, day) => {
    expect(readDate('3/4/2019', slashOrder(lang))?.iso.slice(0, 10)).toBe(day)
  })

  it.each([null, 'en', 'ja', 'x'])('is left unread in %s', (lang) => {
    expect(readDate('3/4/2019', slashOrder(lang))).toBeNull()
  })

  it('is no part of a path or a fraction of more', () => {
    expect(readDate('25/12/19/4', 'day')).toBeNull()
  })
})

describe('readStamp', () => {
  it.each([
    [{ datetime: '1558595674000' }, '2019-05-23T07:14:34.000Z'],
    [{ 'data-content': '2020-02-21 15:23:13 UTC' }, '2020-02-21T15:23:13.000Z'],
    [{ class: 'when', 'data-time': '1582298593' }, '2020-02-21T15:23:13.000Z'],
    [{ 'data-timestamp': '1582298593000' }, '2020-02-21T15:23:13.000Z'],
  ])('reads what a script is to print: %o', (attribs, iso) => expect(readStamp(attribs)?.iso).toBe(iso))

  it.each([{ 'data-id': '1582298593' }, { 'data-content': '2020-02-21' }, { title: '2020-02-21 15:23' }, {}])(
    'reads nothing out of %o',
    (attribs) => expect(readStamp(attribs)).toBeNull(),
  )
})

it.each([
  [['3/4/2019', '3/15/2019'], 'month'],
  [['15-03-2019, 9:00 PM', '03-04-2019'], 'day'],
  [['3/4/2019', '4/5/2019'], null],
  [['15/3/2019', '3/15/2019'], null],
] as const)('what %j tell of each other is %s', (texts, order) => {
  expect(slashOrderOf(texts)).toBe(order)
})

it.each(['8-17-13', '1-2-2019-4', '555-12-2019'])('%s is no date', (text) => {
  expect(readDate(text, 'month')).toBeNull()
})
