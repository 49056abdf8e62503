// Pages that are nothing without a browser: their posts come by script. Served under scripted.example.
import { gzipSync } from 'node:zlib'
import type { Handler, SitePage } from './fixture-web.ts'

export const SCRIPTED = 'scripted.example'

const HTML = { 'content-type': 'text/html; charset=utf-8' }
const JSON_TYPE = { 'content-type': 'application/json' }

/** The posts the script asks for, and the page shows. */
export const POSTS = ['1/2 The lake froze early this year.', '2/2 We measured the ice each morning.']

const SHELL = `<!doctype html><title>Ice</title><div id="root"></div>
<img src="http://media.example/picture.png"><video src="http://media.example/film.mp4" autoplay></video>
<script>
  document.cookie = 'visited=yes'
  const render = async () => {
    const { posts } = await (await fetch('/api/posts')).json()
    for (const text of posts) {
      await new Promise((resolve) => setTimeout(resolve, 150))
      const post = document.createElement('article')
      post.textContent = text
      document.getElementById('root').append(post)
    }
  }
  setTimeout(render, 300)
</script>`

/** A page without a script. */
export const PLAIN = '<!doctype html><p>packed</p>'

const TICKER =
  '<!doctype html><p id=t></p><script>setInterval(() => { t.textContent += "tick "; fetch("/whole?" + Math.random()) }, 50)</script>'

export function scriptedPages(): Readonly<Record<string, SitePage | Handler>> {
  return {
    [`${SCRIPTED}/thread`]: page(HTML, SHELL),
    [`${SCRIPTED}/old`]: { status: 301, headers: { location: '/thread' }, body: '' },
    [`${SCRIPTED}/api/posts`]: page(
      { ...JSON_TYPE, 'set-cookie': 'session=canary-7f3a' },
      JSON.stringify({ posts: POSTS }),
    ),
    [`${SCRIPTED}/api/direct`]: page(JSON_TYPE, '{"direct":true}'),
    [`${SCRIPTED}/busy`]: { status: 503, headers: { ...HTML, 'retry-after': '9' }, body: '<p>later</p>' },
    [`${SCRIPTED}/ticker`]: page(HTML, TICKER),
    [`${SCRIPTED}/hang`]: page(HTML, '<!doctype html><p>before</p><script>for (;;);</script>'),
    [`${SCRIPTED}/leads-nowhere`]: page(
      HTML,
      '<!doctype html><p>first</p><script>location = "http://127.0.0.1:9/"</script>',
    ),
    [`${SCRIPTED}/gzip`]: {
      ...page({ ...HTML, 'content-encoding': 'gzip', 'X-Made-By': 'hand' }, ''),
      body: gzipSync(PLAIN),
    },
    [`${SCRIPTED}/dialog`]: page(
      HTML,
      '<!doctype html><script>alert(1); document.write("<p>after the dialog</p>")</script>',
    ),
  }
}

function page(headers: Readonly<Record<string, string>>, body: string): SitePage {
  return { status: 200, headers, body }
}
