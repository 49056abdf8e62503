// A blog post whose comments can be added, edited and removed while a test runs, in the markup of a common theme.
import type { Handler } from './fixture-web.ts'

export const GUESTBOOK = 'guestbook.example'

export interface Guestbook {
  /** By comment id. */
  readonly comments: Map<number, string>
  readonly handler: Handler
}

export function makeGuestbook(...texts: readonly string[]): Guestbook {
  const comments = new Map(texts.map((text, at) => [at + 1, text]))
  return {
    comments,
    handler: (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(printPage(comments))
    },
  }
}

function printPage(comments: ReadonlyMap<number, string>): string {
  return `<!doctype html><html><head><title>The bench by the weir</title>
<meta name="generator" content="WordPress 6.4"><link rel="canonical" href="http://${GUESTBOOK}/?p=9"></head>
<body class="single postid-9"><article id="post-9" class="post"><h1 class="entry-title">The bench by the weir</h1>
<span class="author vcard">Ola</span> <time class="entry-date" datetime="2024-05-01T08:00:00+00:00">1 May 2024</time>
<div class="entry-content"><p>Somebody mended the bench by the weir, and nobody knows who it was.</p></div></article>
<ol class="comment-list">${[...comments].map(printComment).join('')}</ol></body></html>`
}

function printComment([id, text]: readonly [number, string]): string {
  return `<li id="comment-${id}" class="comment depth-1"><article id="div-comment-${id}" class="comment-body">
<div class="comment-author vcard"><b class="fn">Guest ${id}</b></div>
<div class="comment-metadata"><a href="http://${GUESTBOOK}/?p=9#comment-${id}"><time datetime="2024-05-0${id}T09:00:00+00:00">May</time></a></div>
<div class="comment-content"><p>${text}</p></div></article></li>`
}
