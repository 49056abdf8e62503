// Small bags in the many ways and scripts in which people number threads, and in those that only look so. Each thread
// stands on a page and comes apart and back by its numbers alone; no words of real posts.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/fixity.ts'
import type { PageOrder, Unrolled } from '../../src/model.ts'
import { unroll } from '../../src/unroll/unroll.ts'
import { makePage, makePost } from './arbitrary.ts'

const START_MS = Date.UTC(2026, 2, 3, 9)
const HOUR_MS = 3_600_000

type Mark = (k: number, total: number, text: string) => string

const BREAD = [
  'My sourdough failed again and I finally know why.',
  'The starter was fed with cold water from the tap.',
  'Warm water wakes the yeast, cold water puts it to sleep.',
  'I kept one jar on the radiator and it doubled overnight.',
]
const ARABIC = [
  'زرنا المتحف الجديد في المدينة',
  'المبنى كان مدرسة قبل مئة سنة',
  'القاعة الكبرى تعرض السجاد',
  'أنصحكم بزيارته صباحا',
]
const PERSIAN = [
  'دیروز به کتابخانه قدیمی رفتیم',
  'کتابدار سی سال آنجا کار می‌کند',
  'نسخه‌ها را در اتاقی خنک نگه می‌دارند',
  'عکس گرفتن ممنوع بود',
]
const HEBREW = ['ביקרנו אתמול בשוק ביפו', 'מצאתי שם רדיו ישן', 'המוכר סיפר שהוא עובד', 'בבית חסרה לו מנורה']
const HINDI = ['आज हमने पुराने किले की यात्रा की', 'किले की दीवारें पुरानी हैं', 'अंदर एक छोटा संग्रहालय है', 'शाम को पूरा शहर दिखता है']
const JAPANESE = [
  '昨日は山の古い駅まで歩いた',
  '駅舎は木造で百年前のものだ',
  '電車は一日に三本しか来ない',
  '帰りは雨になって濡れた',
]
const CHINESE = ['我们上周去了海边的小镇', '那里的渔船每天早上出海', '市场上的鱼都是当天捕的', '最好的餐馆没有招牌']
const RUSSIAN = [
  'Вчера мы чинили старую лодку',
  'Дно прогнило почти до кормы',
  'Доски везли из посёлка',
  'Завтра начнём смолить',
]
const THAI = ['เมื่อวานเราไปตลาดน้ำ', 'ก๋วยเตี๋ยวเรือชามละยี่สิบบาท', 'ขากลับฝนตกหนักมาก', 'ถึงบ้านตอนค่ำ']

const ROMAN = ['I', 'II', 'III', 'IV']
const digitsFrom = (zero: number) => (value: number) =>
  String(value).replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)))
const [arabic, persian, devanagari, thai, wide] = [0x660, 0x6f0, 0x966, 0xe50, 0xff10].map(digitsFrom) as [
  (n: number) => string,
  (n: number) => string,
  (n: number) => string,
  (n: number) => string,
  (n: number) => string,
]

const KINDS: readonly (readonly [name: string, texts: readonly string[], mark: Mark])[] = [
  ['Part 3:', BREAD, (k, _, text) => `Part ${k}: ${text}`],
  ['Part three:', BREAD, (k, _, text) => `Part ${['one', 'two', 'three', 'four'][k - 1]}: ${text}`],
  ['Part III', BREAD, (k, _, text) => `Part ${ROMAN[k - 1]}\n${text}`],
  ['3 of 4', BREAD, (k, n, text) => `${text} ${k} of ${n}`],
  ['🧵3', BREAD, (k, _, text) => `🧵${k} ${text}`],
  ['🧵 behind, 3/4', BREAD, (k, n, text) => `${text} 🧵${k}/${n}`],
  ['Thread (3)', BREAD, (k, _, text) => `Thread (${k}) ${text}`],
  ['3\\', BREAD, (k, _, text) => `${k}\\ ${text}`],
  ['III.', BREAD, (k, _, text) => `${ROMAN[k - 1]}. ${text}`],
  ['(iii)', BREAD, (k, _, text) => `(${ROMAN[k - 1]?.toLowerCase()}) ${text}`],
  ['III/IV', BREAD, (k, n, text) => `${text} ${ROMAN[k - 1]}/${ROMAN[n - 1]}`],
  ['③', BREAD, (k, _, text) => `${'①②③④'[k - 1]}${text}`],
  ['3️⃣/4️⃣', BREAD, (k, n, text) => `${k}\ufe0f\u20e3/${n}\ufe0f\u20e3 ${text}`],
  ['*3/4*', BREAD, (k, n, text) => `*${k}/${n}* ${text}`],
  ['<3/4>', BREAD, (k, n, text) => `<${k}/${n}> ${text}`],
  ['3/+', BREAD, (k, _, text) => `${text} ${k}/+`],
  ['3rd:', BREAD, (k, _, text) => `${['1st', '2nd', '3rd', '4th'][k - 1]}: ${text}`],
  ['Step 3:', BREAD, (k, _, text) => `Step ${k}: ${text}`],
  ['No. 3:', BREAD, (k, _, text) => `No. ${k}: ${text}`],
  ['glued before', BREAD, (k, n, text) => `${k}/${n}${text}`],
  ['glued behind', BREAD, (k, n, text) => `${text}${k}/${n}`],
  ['3 Text', BREAD, (k, _, text) => `${k} ${text}`],
  ['03 Text', BREAD, (k, _, text) => `0${k} ${text}`],
  ['3-4', BREAD, (k, n, text) => `${k}-${n} ${text}`],
  ['(3-4) behind', BREAD, (k, n, text) => `${text} (${k}-${n})`],
  ['-3/4- behind', BREAD, (k, n, text) => `${text} -${k}/${n}-`],
  ['~3~', BREAD, (k, _, text) => `~${k}~ ${text}`],
  ['*3* behind', BREAD, (k, _, text) => `${text} *${k}*`],
  ['c)', BREAD, (k, _, text) => `${'abcd'[k - 1]}) ${text}`],
  ['C.', BREAD, (k, _, text) => `${'ABCD'[k - 1]}. ${text}`],
  ['(c) behind', BREAD, (k, _, text) => `${text} (${'abcd'[k - 1]})`],
  ['Third,', BREAD, (k, _, text) => `${['First', 'Second', 'Third', 'Fourth'][k - 1]}, ${text}`],
  ['Three:', BREAD, (k, _, text) => `${['One', 'Two', 'Three', 'Four'][k - 1]}: ${text}`],
  ['³/⁴', BREAD, (k, n, text) => `${text} ${'¹²³⁴'[k - 1]}/${'¹²³⁴'[n - 1]}`],
  ['³', BREAD, (k, _, text) => `${'¹²³⁴'[k - 1]} ${text}`],
  ['Ⅲ.', BREAD, (k, _, text) => `${'ⅠⅡⅢⅣ'[k - 1]}. ${text}`],
  ['ⓒ', BREAD, (k, _, text) => `${'ⓐⓑⓒⓓ'[k - 1]} ${text}`],
  ['a title before', BREAD, (k, n, text) => `Sourdough (${k}/${n}): ${text}`],
  ['a title line', BREAD, (k, n, text) => `Sourdough, a log ${k}/${n}\n\n${text}`],
  ['a mention behind', BREAD, (k, n, text) => `${text} ${k}/${n} @bakers`],
  ['an arrow of signs behind', BREAD, (k, n, text) => `${text} ${k}/${n} >>`],
  ['a bare picture behind', BREAD, (k, n, text) => `${text} ${k}/${n} pic.twitter.com/qwe${k}`],
  ['from nought', BREAD, (k, _, text) => `${k - 1}/ ${text}`],
  ['Arabic ٣/٤', ARABIC, (k, n, text) => `${text} ${arabic(k)}/${arabic(n)}`],
  ['Arabic ٣-', ARABIC, (k, _, text) => `${arabic(k)}- ${text}`],
  ['Persian /۳', PERSIAN, (k, _, text) => `${text} /${persian(k)}`],
  ['Hebrew, marks of direction', HEBREW, (k, n, text) => `\u200f${text} \u200e${k}/${n}\u200f`],
  ['Hebrew, the word for thread', HEBREW, (k, n, text) => `שרשור ${k}/${n} ${text}`],
  ['Devanagari ३/४', HINDI, (k, n, text) => `${devanagari(k)}/${devanagari(n)} ${text}`],
  ['Hindi part', HINDI, (k, _, text) => `भाग ${devanagari(k)}: ${text}`],
  ['wide （３／４）', JAPANESE, (k, n, text) => `（${wide(k)}／${wide(n)}）${text}`],
  ['Japanese その3', JAPANESE, (k, _, text) => `その${k} ${text}`],
  ['Japanese 第3回', JAPANESE, (k, _, text) => `第${k}回 ${text}`],
  ['Chinese 第三，', CHINESE, (k, _, text) => `第${'一二三四'[k - 1]}，${text}`],
  ['Chinese 其三，', CHINESE, (k, _, text) => `其${'一二三四'[k - 1]}，${text}`],
  ['Chinese 第三条：', CHINESE, (k, _, text) => `第${'一二三四'[k - 1]}条：${text}`],
  ['Chinese （三） behind', CHINESE, (k, _, text) => `${text}（${'一二三四'[k - 1]}）`],
  ['Russian part', RUSSIAN, (k, _, text) => `Часть ${k}. ${text}`],
  ['Russian 3 из 4', RUSSIAN, (k, n, text) => `${text} (${k} из ${n})`],
  ['No. 3 Text', BREAD, (k, _, text) => `No. ${k} ${text}`],
  ['no. 3 text', BREAD, (k, _, text) => `no. ${k} ${text.toLowerCase()}`],
  ['№ 3 Text', RUSSIAN, (k, _, text) => `№ ${k} ${text}`],
  ['+3 Text', BREAD, (k, _, text) => `+${k} ${text}`],
  ['+3 text, the first without', BREAD, (k, _, text) => (k === 1 ? text : `+${k} ${text.toLowerCase()}`)],
  ['(part three) behind', BREAD, (k, _, text) => `${text} (part ${['one', 'two', 'three', 'four'][k - 1]})`],
  ['(Part III) behind', BREAD, (k, _, text) => `${text} (Part ${ROMAN[k - 1]})`],
  ['III/ before "I"', BREAD, (k, _, text) => `${ROMAN[k - 1]}/ ${text.replace('The', 'I think the')}`],
  ['3/🧵', BREAD, (k, _, text) => `${text} ${k}/🧵`],
  ['1/🧵, then 3/', BREAD, (k, _, text) => `${text} ${k}/${k === 1 ? '🧵' : ''}`],
  ['(cont) behind 3/', BREAD, (k, n, text) => `${k}/ ${text}${k < n ? ' (cont)' : ''}`],
  ['a total that grows on the way', BREAD, (k, n, text) => `${k}/${k < 3 ? n - 1 : n} ${text}`],
  ['Chinese 三/四', CHINESE, (k, n, text) => `${'一二三四'[k - 1]}/${'一二三四'[n - 1]} ${text}`],
  ['Hebrew ג.', HEBREW, (k, _, text) => `${'אבגד'[k - 1]}. ${text}`],
  ['Arabic ثالثا:', ARABIC, (k, _, text) => `${['أولا', 'ثانيا', 'ثالثا', 'رابعا'][k - 1]}: ${text}`],
  ['Arabic ثالثاً،', ARABIC, (k, _, text) => `${['أولاً', 'ثانياً', 'ثالثاً', 'رابعاً'][k - 1]}، ${text}`],
  ['Russian в)', RUSSIAN, (k, _, text) => `${'абвг'[k - 1]}) ${text}`],
  ['Thai ๓.', THAI, (k, _, text) => `${thai(k)}. ${text}`],
  ['Arabic ٤/٣, read from the right', ARABIC, (k, n, text) => `${arabic(n)}/${arabic(k)} ${text}`],
  ['Arabic 4/3 behind, read from the right', ARABIC, (k, n, text) => `${text} ${n}/${k}`],
  ['Hebrew (4/3) behind, read from the right', HEBREW, (k, n, text) => `${text} (${n}/${k})`],
  ["Hebrew ג'", HEBREW, (k, _, text) => `${'אבגד'[k - 1]}' ${text}`],
  ['〈３〉', JAPANESE, (k, _, text) => `〈${wide(k)}〉${text}`],
  ['《3》', CHINESE, (k, _, text) => `《${k}》${text}`],
  ['3日目', JAPANESE, (k, _, text) => `${k}日目 ${text}`],
  ['3→ behind', BREAD, (k, _, text) => `${text} ${k}→`],
  ['3 -> behind', BREAD, (k, _, text) => `${text} ${k} ->`],
  ['3 →', BREAD, (k, _, text) => `${k} → ${text}`],
  ['3▶', BREAD, (k, _, text) => `${k}▶ ${text}`],
  ['3° Text', BREAD, (k, _, text) => `${k}° ${text}`],
  ['3» Text', BREAD, (k, _, text) => `${k}» ${text}`],
  ['III – Text', BREAD, (k, _, text) => `${ROMAN[k - 1]} – ${text}`],
  ['III on a line', BREAD, (k, _, text) => `${ROMAN[k - 1]}\n\n${text}`],
  ['Tip #3', BREAD, (k, _, text) => `Tip #${k} ${text}`],
  ['Lesson #3 on a line', BREAD, (k, _, text) => `Lesson #${k}\n\n${text}`],
  ['Day 3 Text', BREAD, (k, _, text) => `Day ${k} ${text}`],
  ['Day 3:', BREAD, (k, _, text) => `Day ${k}: ${text}`],
  ['Conseil n° 3 :', BREAD, (k, _, text) => `Conseil n° ${k} : ${text}`],
  ['Nº 3:', BREAD, (k, _, text) => `Nº ${k}: ${text}`],
  ['Russian tip 3:', RUSSIAN, (k, _, text) => `Совет ${k}: ${text}`],
  ['MEGATHREAD 3/', BREAD, (k, _, text) => `${k === 1 ? 'MEGATHREAD ' : ''}${k}/ ${text}`],
]

interface Sketch {
  readonly text: string
  readonly author?: string
  /** Hours since the first post. */
  readonly hours?: number
}

/** 0-based places on the page of each thread's posts, of threads of two and more. */
function placesOf(sketches: readonly Sketch[], order: PageOrder): readonly (readonly number[])[] {
  const answer = unrollSketches(sketches, order)
  return answer.threads
    .filter((thread) => thread.posts.length > 1)
    .map((thread) => thread.posts.map(({ post }) => (post.sources[0]?.line ?? 0) - 1))
}

function unrollSketches(sketches: readonly Sketch[], order: PageOrder): Unrolled {
  const posts = sketches.map(({ text, author = 'ada', hours }) =>
    makePost({
      text,
      author,
      createdAt: hours === undefined ? null : new Date(START_MS + hours * HOUR_MS).toISOString(),
    }),
  )
  return unroll([makePage(posts)], { order, digest: sha256 })
}

/** The number of each post, by its place on the page. */
function numbersOf(sketches: readonly Sketch[], order: PageOrder): readonly (number | null)[] {
  const numbers: (number | null)[] = sketches.map(() => null)
  for (const { posts } of unrollSketches(sketches, order).threads)
    for (const { post, number } of posts)
      for (const { line } of post.sources) if (line !== null) numbers[line - 1] = number
  return numbers
}

/** Third, first, fourth, second: no order at all. */
const JUMBLED = [2, 0, 3, 1]
const say = (text: string): Sketch => ({ text })

describe('threads however they are numbered', () => {
  it.each(KINDS)('%s: in page order, and out of any', (_, texts, mark) => {
    const sketches = texts.map((text, at) => say(mark(at + 1, texts.length, text)))
    expect(placesOf(sketches, 'page')).toEqual([[0, 1, 2, 3]])
    const jumbled = JUMBLED.map((at) => sketches[at] as Sketch)
    expect(placesOf(jumbled, 'none')).toEqual([[1, 3, 0, 2]])
  })

  it('now before, now behind: one count all the same', () => {
    const mixed = BREAD.map((text, at) => say(at % 2 === 0 ? `${at + 1}/4 ${text}` : `${text} (${at + 1}/4)`))
    expect(placesOf(mixed, 'page')).toEqual([[0, 1, 2, 3]])
  })

  it('names what is lost of them, in any script', () => {
    for (const [, texts, mark] of KINDS.filter(([name]) => ['III.', 'Arabic ٣/٤', 'Hindi part'].includes(name))) {
      const kept = texts.map((text, at) => say(mark(at + 1, texts.length, text))).filter((_, at) => at !== 2)
      const [thread] = unrollSketches(kept, 'page').threads
      expect(thread?.gaps).toMatchObject([{ class: 'missing', after: 2, before: 3, count: 1 }])
    }
  })

  it('leaves a label in the text that says what the post is', () => {
    const [thread] = unrollSketches(
      BREAD.map((text, at) => say(`Step ${at + 1}: ${text}`)),
      'page',
    ).threads
    expect(thread?.posts[2]).toMatchObject({ number: 3, text: `Step 3: ${BREAD[2]}`, strips: [] })
    const [spoken] = unrollSketches(
      BREAD.map((text, at) => say(`${['First', 'Second', 'Third', 'Fourth'][at]}: ${text}`)),
      'page',
    ).threads
    expect(spoken?.posts[2]).toMatchObject({ number: 3, text: `Third: ${BREAD[2]}`, strips: [] })
  })
})

describe('a step between two numbers', () => {
  const STEPS = ['1', '2a', '2b', '3']
  it.each(['/', ')', '.', '/4'])('is one of the thread: 2a%s', (sign) => {
    const sketches = BREAD.map((text, at) => say(`${STEPS[at]}${sign} ${text}`))
    expect(placesOf(sketches, 'page')).toEqual([[0, 1, 2, 3]])
    expect(placesOf([...sketches].reverse(), 'none')).toEqual([[3, 2, 1, 0]])
  })
})

describe('something else between two posts of a count', () => {
  it('takes the rest of the count from nobody', () => {
    const count = BREAD.map((text, at) => ({ text: `${at + 1}/4 ${text}`, hours: at / 15 }))
    const bang = { text: 'Anyone else hear that bang just now?', hours: 0.1 }
    for (const isNamed of [true, false]) {
      const posts = [...count, bang].map(({ text, hours }) => {
        const time = START_MS + hours * HOUR_MS
        return makePost({ text, createdAt: new Date(time).toISOString(), id: isNamed ? String(time) : null })
      })
      const { threads } = unroll([makePage(posts)], { order: 'none', digest: sha256 })
      const counted = threads.map((thread) => thread.posts.flatMap(({ number }) => number ?? []))
      expect(counted).toContainEqual([1, 2, 3, 4])
    }
  })
})

describe('pages and counts that run backwards', () => {
  it('are read from below where the newest thread stands on top', () => {
    const bread = BREAD.map((text, at) => say(`${at + 1}/ ${text}`)).reverse()
    const trip = CHINESE.map((text, at) => say(`${at + 1}/ ${text}`)).reverse()
    expect(
      placesOf([...bread, ...trip], 'page')
        .map((places) => places.join())
        .sort(),
    ).toEqual(['3,2,1,0', '7,6,5,4'])
  })

  it('stay as they are where times tell that somebody counts down', () => {
    const sketches = BREAD.map((text, at) => ({ text: `${4 - at}/ ${text}`, hours: at / 60 }))
    expect(placesOf(sketches, 'none')).toEqual([[0, 1, 2, 3]])
    expect(numbersOf(sketches, 'none')).toEqual([null, null, null, null])
  })

  it('stay as they are where things are ranked, with their numbers in the text', () => {
    const ranks = BREAD.map((text, at) => say(`${4 - at}. ${text}`))
    expect(placesOf(ranks, 'page')).toEqual([[0, 1, 2, 3]])
    expect(numbersOf(ranks, 'page')).toEqual([null, null, null, null])
  })
})

describe('numbers that are none', () => {
  it.each([
    ['dates', ['10/27 rehearsal at the town hall', '11/3 dress rehearsal, bring shoes', '11/10 opening night!']],
    ['days of a tour', ['We play Oslo on 3/12', 'We play Bergen on 4/12', 'We play Bodø on 5/12']],
    ['marks', ['The soup at Munk: 7/10', 'The stew at Vik: 8/10', 'The bread at Sund: 9/10']],
    ['scores', ['1/0 to the guests', '2/1 now, what a header', '3/1 and it is over']],
    ['versions', ['v1.2 of the firmware is out', 'v1.3 fixes the clock', 'v1.4 is out']],
    ['hours', ['1:30 the doors open', '2:15 the talk on moss', '3:00 coffee']],
    ['years', ['2019. What a harvest.', '2020. Hardly any plums.', '2021. Too many plums.']],
    ['titles', ['3 Ways to sharpen a plane', '2 Planes I would never sell', '5 Planes for a first bench']],
    ['results', ['1-3 at home, what a day', '3-3 in the end, and rain', '2-3 and a red card']],
    ['ranges', ['Pages (1-3) are stuck together', 'Pages (4-6) have a stain', 'Pages (7-9) are gone']],
    ['initials', ['B. Marsh sang the alto', 'D. Finn played the viola', 'A. Holt turned the pages']],
    ['degrees', ['+2 Grad am Morgen', '+5 Grad am Mittag', '+3 Grad am Abend']],
    ['places', ['No. 1 In the charts again', 'No. 7 Of the list is mine', 'No. 3 Is not bad either']],
    ['asides', ['Second, more tea.', 'First, a nap.', 'Second, the washing up.']],
    ['letters', ['I. e. not now', 'X: the site is down', 'vi is an editor']],
  ])('%s', (_, texts) => {
    expect(numbersOf(texts.map(say), 'page')).toEqual(texts.map(() => null))
  })

  it('are marks where they jump to and fro in time', () => {
    const marks = ['Cake one was dry. 6/10', 'Cake two had cream. 7/10', 'Cake three was burnt. 3/10']
    const sketches = marks.map((text, at) => ({ text, hours: at / 30 }))
    expect(numbersOf(sketches, 'none')).toEqual([null, null, null])
  })
})

describe('posts that stand apart', () => {
  it('are no thread where they count days', () => {
    const days = ['pier', 'crane', 'lock', 'gate'].map((what, at) => ({
      text: `${12 + at}/365 the ${what} in the rain`,
      hours: 24 * at,
    }))
    expect(placesOf(days, 'none')).toEqual([])
  })

  it('are no thread where they name the day they count, a day apart; in one go they are', () => {
    const days = BREAD.map((text, at) => `Day ${at + 1}: ${text}`)
    expect(
      placesOf(
        days.map((text, at) => ({ text, hours: 24 * at })),
        'none',
      ),
    ).toEqual([])
    expect(
      placesOf(
        days.map((text, at) => ({ text, hours: at / 20 })),
        'none',
      ),
    ).toEqual([[0, 1, 2, 3]])
  })

  it('are no thread where two numbers are turned about, but in scripts that are read so', () => {
    const turned = BREAD.map((text, at) => say(`${text} 4/${at + 1}`))
    expect(numbersOf(turned, 'none').filter((number) => number !== null && number !== 4)).toEqual([])
    expect(placesOf(turned, 'none')).toEqual([])
  })

  it('are a timeline, though they address nobody: no thread goes on with them', () => {
    const days = ['Rain on the roof all night.', 'The plums are ripe.', 'A fox by the mill.', 'Fog, and no ferry.']
    const singles = days.map((text, at) => ({ text, hours: 30 * (at + 1) }))
    const thread = BREAD.map((text, at) => ({ text, hours: at / 900 }))
    const joined = placesOf([...thread, ...singles], 'none').flat()
    expect(joined.filter((at) => at >= thread.length)).toEqual([])
  })

  it('are no thread where a pause of a day parts two runs of posts without numbers', () => {
    const runs = [...BREAD, ...RUSSIAN].map((text, at) => ({ text, hours: (at < 4 ? 0 : 24) + at / 60 }))
    expect(placesOf(runs, 'none')).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
    ])
  })

  it('are no thread where the same is said again after a month', () => {
    for (const mark of [(_: number, text: string) => text, (k: number, text: string) => `${k}/4 ${text}`]) {
      const said = BREAD.map((text, at) => ({ text: mark(at + 1, text), hours: at / 30 }))
      const again = said.map(({ text, hours }) => ({ text: text.replace('.', '!'), hours: 720 + hours }))
      expect(placesOf([...said, ...again], 'none')).toEqual([
        [0, 1, 2, 3],
        [4, 5, 6, 7],
      ])
    }
  })

  it('are two threads where a numbered one is said again and no time tells which post is of which', () => {
    const said = BREAD.map((text, at) => say(`${at + 1}/4 ${text}`))
    const threads = unrollSketches([...said, ...said.map(({ text }) => say(`${text}!`))], 'none').threads
    expect(threads.map(({ posts }) => posts.map(({ number }) => number))).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ])
  })

  it('are no thread where they pass on what others wrote', () => {
    const passed = ['a goat', 'the rain', 'my hat'].map((what) => say(`RT @bo: look at ${what}`))
    const mixed = BREAD.flatMap((text, at) => [say(`${at + 1}/4 ${text}`), ...passed.slice(at, at + 1)])
    expect(placesOf(mixed, 'page')).toEqual([[0, 2, 4, 6]])
  })

  it('are kept from the threads of others who number alike', () => {
    const sketches = [
      { text: '1/3 The bridge closed this morning', author: 'ada' },
      { text: '1/2 I drove over it on Monday', author: 'bo' },
      { text: '2/3 Engineers found a crack', author: 'ada' },
      { text: '2/2 and it shook', author: 'bo' },
      { text: '3/3 Repairs until summer', author: 'ada' },
    ]
    expect(placesOf(sketches, 'page')).toEqual([
      [0, 2, 4],
      [1, 3],
    ])
  })
})
