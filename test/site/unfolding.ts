// Pages that show only part of themselves until somebody scrolls and presses. Served under unfolding.example. Whatever
// must not be pressed or followed asks for a path under /poison.
import type { Handler, SitePage } from './fixture-web.ts'

export const UNFOLDING = 'unfolding.example'
/** Rows of the lists that draw only what is on the screen. */
export const ROWS = 120
export const rowText = (row: number) => `Row ${row} speaks of the tide at pier ${row * 7}.`
/** What buttons bring, each by another name. */
export const UNFOLDED = [
  'Show more',
  'Mehr Antworten anzeigen',
  '返信をさらに表示',
  'Показать ещё 3 ответа',
  'Voir les 12 réponses',
]

const HTML = { 'content-type': 'text/html; charset=utf-8' }

/** `scroller` is a script's expression for what scrolls; rows are 90 pixels high and stand where they belong. */
const listScript = (scroller: string, events: string) => `
  const scroller = ${scroller}
  const draw = () => {
    const first = Math.max(0, Math.floor(scroller.scrollTop / 90) - 3)
    const last = Math.min(${ROWS}, first + Math.ceil(scroller.clientHeight / 90) + 6)
    list.replaceChildren(...Array.from({ length: last - first }, (_, i) => {
      const row = document.createElement('article')
      row.style = 'position:absolute;height:90px;top:' + (first + i) * 90 + 'px'
      row.textContent = 'Row ' + (first + i) + ' speaks of the tide at pier ' + (first + i) * 7 + '.'
      return row
    }))
  }
  ${events}.addEventListener('scroll', () => requestAnimationFrame(draw))
  draw()`

const LIST = `<div id="list" style="position:relative;height:${ROWS * 90}px"></div>`
const VIRTUAL = `<!doctype html><body style="margin:0">${LIST}<script>${listScript('document.scrollingElement', 'window')}</script>`
const INNER = `<!doctype html><body style="margin:0"><main id="main" style="height:500px;overflow-y:auto">${LIST}</main>
<script>${listScript('main', 'main')}</script>`

const BUTTONS = UNFOLDED.map(
  (name, at) =>
    `<div role="button" tabindex="0" onclick="this.outerHTML = '<p>unfolded ${at}</p>'"><span>${name}</span></div>`,
).join('\n')

const REPLIES = `<!doctype html><title>Replies</title><p>The first words.</p>${BUTTONS}
<button aria-expanded="false" onclick="this.ariaExpanded='true';folded.hidden=false;fetch('/part/toggle')">4 replies</button>
<div id="folded" hidden>folded words</div>
<button id="more" onclick="load()">Load more comments</button><div id="out"></div>
<script>
  let part = 0
  const load = async () => {
    part++
    out.insertAdjacentHTML('beforeend', await (await fetch('/part/' + part)).text())
    if (part === 3) more.remove()
  }
</script>`

const poison = (what: string) => `onclick="fetch('/poison/${what}')"`
const POISON = `<!doctype html><title>Poison</title><p>Calm words.</p>
<button ${poison('follow')}>Follow</button>
<button ${poison('like')}>Like</button>
<button ${poison('more')}>More</button>
<button ${poison('menu')} aria-haspopup="menu">Show more</button>
<button ${poison('label')} aria-label="Follow everyone">Show more</button>
<button ${poison('mixed')}>Show more and subscribe</button>
<button ${poison('count')}>12 replies</button>
<button ${poison('disabled')} disabled>Show more</button>
<button ${poison('hidden')} style="display:none">Show more</button>
<a href="/poison/link">Show more</a>
<a href="/poison/inner"><span role="button">Show more replies</span></a>
<form action="/poison/form" method="post"><button>Show more</button><input name="a"></form>
<button onclick="out.textContent='unfolded well'">Show more</button><p id="out"></p><script></script>`

const LEADS_AWAY = `<!doctype html><p>Home words.</p>
<button onclick="location='/poison/location'">Show more</button>
<button onclick="window.open('/poison/popup')">Read more</button>
<button onclick="history.pushState({}, '', '/elsewhere');view.textContent='another view'">Show more replies</button>
<p id="view">the view itself</p><script>onpopstate = () => { view.textContent = 'the view again' }</script>`

const ENDLESS = `<!doctype html><div id="list"></div><script>
  let row = 0
  const grow = () => { for (let i = 0; i < 20; i++) list.insertAdjacentHTML('beforeend', '<p style="height:80px">endless ' + row++ + '</p>') }
  onscroll = () => { if (scrollY + innerHeight > document.documentElement.scrollHeight - 300) grow() }
  grow()
</script>`

const BREAKS = `<!doctype html><p id="words"></p><button onclick="for (;;);">Show more</button>
<script>words.textContent = 'drawn by script'</script>`

const DOWNLOAD = `<!doctype html><p>before the download</p><a id="a" href="/file" download>file</a><script>a.click()</script>`
const DIALOGS = `<!doctype html><p id="said"></p><button onclick="said.textContent = 'answered ' + confirm('Really?')">Show more</button>
<script>onbeforeunload = (event) => { event.preventDefault(); event.returnValue = 'stay' }</script>`

export function unfoldingPages(): Readonly<Record<string, SitePage | Handler>> {
  const pages = {
    virtual: VIRTUAL,
    inner: INNER,
    replies: REPLIES,
    poison: POISON,
    'leads-away': LEADS_AWAY,
    endless: ENDLESS,
    breaks: BREAKS,
    download: DOWNLOAD,
    dialogs: DIALOGS,
    'part/1': '<p>part one</p>',
    'part/2': '<p>part two</p>',
    'part/3': '<p>part three</p>',
    'part/toggle': '',
    plain: '<!doctype html><p>plain</p>',
  }
  const file = { ...HTML, 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' }
  return {
    ...Object.fromEntries(Object.entries(pages).map(([path, body]) => [`${UNFOLDING}/${path}`, page(HTML, body)])),
    [`${UNFOLDING}/file`]: page(file, 'bytes of a file'),
    [`${UNFOLDING}/moved`]: { status: 302, headers: { location: 'http://other.example/landed' }, body: '' },
    [`${UNFOLDING}/script-moved`]: page(
      HTML,
      '<!doctype html><p>stays</p><script>location = "http://other.example/landed"</script>',
    ),
    'other.example/landed': page(HTML, '<!doctype html><p>landed</p>'),
    'sub.unfolding.example/asked': page(HTML, '<!doctype html><p>sub</p>'),
    [`${UNFOLDING}/remembers`]: page({ ...HTML, 'set-cookie': 'mark=left-here; Max-Age=9999' }, STORES),
    [`${UNFOLDING}/picture`]: page(HTML, '<!doctype html><img src="/dot.gif"><script></script>'),
    [`${UNFOLDING}/dot.gif`]: { status: 200, headers: { 'content-type': 'image/gif' }, body: DOT },
  }
}

/** Tells what an earlier visit left, and leaves something in every store that a page has. */
const STORES = `<!doctype html><p id="found"></p><script>
  found.textContent = 'found ' + [document.cookie, localStorage.a, sessionStorage.a].join('|')
  document.cookie = 'own=1'
  localStorage.a = 'local'
  sessionStorage.a = 'session'
</script>`

const DOT = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64')

function page(headers: Readonly<Record<string, string>>, body: string): SitePage {
  return { status: 200, headers, body }
}
