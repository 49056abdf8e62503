// Bodies that want to hurt: markup that runs, nesting without end, JSON of wrong shapes. And what must not come out.
import { isTag } from 'domhandler'
import { expect } from 'vitest'
import { parseHtml, walk } from '../../src/markup/markup.ts'
import type { Extraction } from '../../src/model.ts'
import type { Case } from './cases.ts'
import { hostileJson, hostileRows, hostileScript } from './hostile-json.ts'

const RUNS =
  '<script>window.ran=1</script><img src=x onerror="window.ran=1"><a href="javascript:window.ran=1" onclick="window.ran=1">x</a><svg onload="window.ran=1"><iframe src="data:text/html,x"></iframe>'
const DEEP = 100_000
/** 10 MB in one text node. */
const ENDLESS = 'endless '.repeat(1_250_000)

/** Named variants of a fixture's body. */
export function hostileBodies(fixture: Case): [name: string, body: string][] {
  const text = new TextDecoder().decode(fixture.body)
  if (fixture.kind === 'html') return hostileHtml(text)
  if (fixture.kind === 'xml') return hostileXml(text)
  if (fixture.kind === 'json') return hostileJson(text, RUNS)
  if (fixture.kind === 'jsonl') return hostileRows(text, RUNS)
  return fixture.kind === 'js' ? [...hostileScript(text, RUNS), ...hostileText(text)] : hostileText(text)
}

function hostileText(text: string): [string, string][] {
  const middle = text.indexOf('\n', text.length / 2)
  return [
    ['markup in every line', text.replace(/$/gm, ` ${RUNS}`)],
    ['nested deep', text.replace(/^/gm, '> '.repeat(50)) + '['.repeat(DEEP) + '<b>'.repeat(DEEP)],
    ['one endless text', `${text.slice(0, middle)} ${ENDLESS}${text.slice(middle)}`],
    ['one endless word', text.slice(0, middle) + 'x'.repeat(ENDLESS.length) + text.slice(middle)],
    ['endless blank lines', text.replace('\n', '\n \t'.repeat(DEEP))],
  ]
}

function hostileHtml(html: string): [string, string][] {
  return [
    ['markup that runs after every tag', html.replace(/>(?=[^<>]{3,})/g, `>${RUNS}`)],
    ['script links', html.replace(/(href|src)="[^"]*"/g, '$1=" java\nscript:window.ran=1"')],
    ['data links', html.replace(/(href|src)="[^"]*"/g, '$1="data:text/html,<script>window.ran=1</script>"')],
    ['handlers on every element', html.replace(/<(\w+)/g, '<$1 onclick="window.ran=1" __proto__="x" constructor="y"')],
    ['nested deep before', html.replace('<body', `${'<div>'.repeat(DEEP)}<body`)],
    ['nested deep after', `${html}${'<blockquote><b>'.repeat(DEEP)}`],
    ['nested deep inside', html.replace(/(<p>|dir="auto">)/, `$1${'<i>'.repeat(DEEP)}`)],
    ['one endless text', html.replace('</body>', `${'endless '.repeat(250_000)}</body>`)],
    ['one endless text inside', html.replace(/(<p>|dir="auto">|<td[^>]*>|<div[^>]*>)(?=[^<>]{2,})/, `$1${ENDLESS}`)],
    ['every id the same', html.replace(/(\bid|data-tweet|data-tweet-id|data-post)="[^"]*"/g, '$1="7"')],
    ['no end tags', html.replace(/<\/[a-z0-9]+>/gi, '')],
    ['no attributes', html.replace(/<([a-z0-9]+)\s[^<>]*>/gi, '<$1>')],
  ]
}

/** Ten entities of ten entities each, ten levels: 10 GB if anyone expanded them. */
const LAUGHS = `<!DOCTYPE x [<!ENTITY l0 "ha">${Array.from({ length: 10 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')}]>`

function hostileXml(xml: string): [string, string][] {
  const prolog = /^\s*(<\?xml[^>]*>)?/
  return [
    ['markup that runs in every field', xml.replace(/<!\[CDATA\[/g, `<![CDATA[${RUNS}`)],
    ['markup that runs, escaped', xml.replace(/>(?=[^<>\s][^<>]{3,}<)/g, `>${RUNS.replace(/</g, '&lt;')}`)],
    [
      'script links',
      xml.replace(/(href|src|url)="[^"]*"/g, '$1="javascript:window.ran=1"').replace(/>https?:/g, '>javascript:'),
    ],
    ['entities that laugh', xml.replace(prolog, `$&${LAUGHS}`).replace(/\]\]>|(?<=\w)<\//g, '&l10;$&')],
    ['nested deep before', xml.replace(prolog, `$&${'<channel>'.repeat(DEEP)}`)],
    ['nested deep after', `${xml}${'<item>'.repeat(DEEP)}`],
    ['nested deep inside', xml.replace(/<(item|entry|post|url)\b/, `${'<x>'.repeat(DEEP)}<$1`)],
    ['one endless text', xml.replace(/<\/(title|loc)>/, `${ENDLESS}</$1>`)],
    ['one endless comment', xml.replace(/(?=<\/(?:description|content:encoded|message|content)>)/, ENDLESS)],
    ['no end tags', xml.replace(/<\/[\w:]+>/g, '')],
    ['no attributes', xml.replace(/<([\w:]+)\s[^<>]*>/g, '<$1>')],
    ['every id the same', xml.replace(/(id[^<>]*>|id=")(?:<!\[CDATA\[)?\d+/g, '$17')],
  ]
}

const FILE_PATH = /^[\w-][\w./@-]*$/

/** As text, times sort by time: years have four digits. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Nothing that runs, nothing off the web, nothing left in prototypes. */
export function expectHarmless(extraction: Extraction): void {
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
  // Pages are read in threads: what cannot be sent is no value, but a function out of somewhere.
  expect(() => structuredClone(extraction)).not.toThrow()
  for (const post of extraction.posts) {
    const times = [post.createdAt, post.editedAt, ...post.quotes.map(({ createdAt }) => createdAt)]
    for (const time of times) if (time !== null) expect(time).toMatch(TIME)
    const bodies = [post.html, ...post.footnotes.map(({ html }) => html)]
    for (const html of bodies) if (html !== null) expectInert(html)
    const urls = [
      post.url,
      post.author?.url,
      ...post.media.map(({ poster }) => poster),
      ...post.quotes.map(({ url }) => url),
    ]
    for (const url of urls) if (url !== null && url !== undefined) expect(url).toMatch(/^(https?:|at:)/)
    // A file of an account's export is named by its path there: relative, downwards, of letters that mean nothing
    // elsewhere.
    for (const { url } of post.media) if (!FILE_PATH.test(url) || url.includes('..')) expect(url).toMatch(/^https?:/)
  }
}

function expectInert(html: string): void {
  for (const node of walk(parseHtml(html).root)) {
    if (!isTag(node)) continue
    expect([
      'script',
      'style',
      'iframe',
      'object',
      'embed',
      'svg',
      'math',
      'form',
      'base',
      'meta',
      'link',
    ]).not.toContain(node.name)
    for (const [name, value] of Object.entries(node.attribs)) {
      expect(name).toMatch(/^(href|src|alt|width|height|start|colspan|rowspan)$/)
      if (name === 'href' || name === 'src') expect(value).toMatch(/^(https?:|mailto:|#)/)
    }
  }
}
