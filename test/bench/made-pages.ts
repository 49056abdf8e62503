// Makes pages of a thread reader: 60 KB with 60 posts. Words are as frequent as in a language (Zipf) and of nobody; a
// page costs its maker little, because he shares the processors with what is measured. Equal numbers give equal pages.

/** Posts of one page. */
export const POSTS = 60
const PHRASES_A_POST = 9
const VOCABULARY = 40_000
/** Phrases of a few words, made once; posts are put together from them. */
const PHRASES = 60_000
const LEAST_WORDS = 3
const MORE_WORDS = 6
const SYLLABLES = 'ba ke li mo nu ra se ti vo zu da fe gi ho ju la me ni po ru sa te wi xo'.split(' ')

/** Numerical Recipes' linear congruence: reproducible on any machine. Gives numbers in [0, 1). */
function createRandom(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

const phrases = makePhrases(createRandom(7))

function makePhrases(random: () => number): readonly string[] {
  const words = Array.from({ length: VOCABULARY }, () => {
    const syllables = Array.from({ length: 1 + Math.floor(random() * 4) }, () => SYLLABLES[Math.floor(random() * 24)])
    return syllables.join('')
  })
  // Zipf: the rank of a word is drawn so that its frequency is one over the rank.
  const word = () => words[Math.floor(VOCABULARY ** random()) - 1] ?? 'the'
  return Array.from({ length: PHRASES }, () =>
    Array.from({ length: LEAST_WORDS + Math.floor(random() * MORE_WORDS) }, word).join(' '),
  )
}

/** The markup of a Thread Reader page: two thirds of its bytes, as on real ones. */
export function makePage(seed: number, count = POSTS): string {
  const name = `author${seed}`
  const random = createRandom(seed + 1)
  const posts = Array.from({ length: count }, (_, i) => postOf(name, seed, i, random)).join('\n')
  const head = `<meta charset="utf-8"><title>Thread by @${name} on Thread Reader App</title><link rel="canonical" href="http://host.example/thread/${seed}.html"><meta property="og:site_name" content="Thread Reader App">`
  const info = `<div class="thread-info"><a href="https://twitter.com/${name}/status/${idOf(seed, 0)}" class="time" data-time="1710266640">Mar 12, 2024</a> ${POSTS} tweets</div>`
  return `<!doctype html><html lang="en"><head>${head}</head><body><nav class="navbar"><a href="/">Home</a></nav><h4 class="twitter_name"><a href="/user/${name}">${name}</a></h4><div class="screenName"><a href="//twitter.com/${name}">@${name}</a></div>${info}<div class="t-main hide-mentions">${posts}</div></body></html>`
}

function postOf(name: string, seed: number, i: number, random: () => number): string {
  const said = Array.from({ length: PHRASES_A_POST }, () => phrases[Math.floor(random() * PHRASES)] ?? '')
  const id = idOf(seed, i)
  const file = `http://media.example/photos/${id}`
  const image = `<span class="entity-image"><a href="${file}.jpg" target="_blank"><img alt="${said[0]}" src="/images/1px.png" data-src="${file}.jpg"></a></span>`
  const link = `<a class="entity-url" data-preview="true" href="http://pages.example/${id}/about-it">pages.example/${id}</a>`
  const mention = `<a class="entity-mention" href="https://twitter.com/friend${i}">@friend${i}</a>`
  const body = [
    said.slice(0, 4).join(' '),
    said.slice(4).join(', '),
    i % 2 === 0 ? image : '',
    i % 3 === 0 ? link : mention,
  ]
  const end = `<span class="nop nop-end"><br />\n${i + 1}/${POSTS}</span>\n<sup class="tw-permalink"><i class="fas fa-link"></i></sup>`
  const data = `data-controller="thread" data-action="click->thread#showTweet mouseover->thread#hint" data-screenname="${name}" data-tweet="${id}"`
  return `<div id="tweet_${i + 1}" class="content-tweet allow-preview" ${data} dir="auto">\n${body.join('<br />\n')}${end}\n</div>`
}

function idOf(seed: number, i: number): string {
  return `17${String(seed + 1).padStart(8, '0')}${String(i).padStart(9, '0')}`
}
