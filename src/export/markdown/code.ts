// Code that is shown and never run: note-taking programs run some fences and some code within a line.
import type { Code, PhrasingContent } from 'mdast'
import { cleanText, toInline } from './prose.ts'

const SCRIPTED_CODE = /^\s*\$?=|<%|%>/

/** Info strings worth keeping. A list of allowed ones: Obsidian plugins run fences such as `dataviewjs`. */
const LANGUAGES = new Set(
  'bash c clojure cpp csharp css csv diff elixir go haskell html ini java javascript js json kotlin lua makefile markdown md nix ocaml perl php powershell python py r ruby rust scala scheme sh sql swift toml ts tsx typescript xml yaml zig'.split(
    ' ',
  ),
)

export function cleanCode({ lang, value }: Code): Code {
  const name = (lang ?? '').toLowerCase()
  return { type: 'code', lang: LANGUAGES.has(name) ? name : null, value: cleanText(value) }
}

/** Dataview runs `= …` and `$= …`, Templater `<% … %>`, inside code as well: such code is printed as words. */
export function toCode(value: string): PhrasingContent[] {
  const text = onOneLine(cleanText(value))
  return SCRIPTED_CODE.test(text) ? toInline(text) : [{ type: 'inlineCode', value: text }]
}

/** A blank line would end the paragraph, and the code with it. */
function onOneLine(text: string): string {
  const lines = text.split('\n')
  return lines.length === 1
    ? text
    : lines
        .map((line) => line.trim())
        .filter(Boolean)
        .join(' ')
}
