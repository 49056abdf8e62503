// The reply tree of a conversation on X as research sets publish it beside the posts (`structure.json` of PHEME, 2016,
// and RumourEval, 2017): ids nested under the ids they answer, and no words. It names posts that the set itself has
// lost.
import type { Declared, Extraction, PostRef } from '../../../model.ts'
import type { Adapter } from '../../adapter.ts'
import { makeExtraction } from '../../extraction/extraction.ts'
import type { Page } from '../../page/page.ts'
import { asObject, type Json } from '../../values/json-fields.ts'
import { refOf } from '../names.ts'

/** The first id of a tree: looked for before anything is parsed. */
const TREE_START = /^\s*\{\s*"\d{5,20}"\s*:\s*[{[]/
const ID = /^\d{5,20}$/

export const xReplyTree: Adapter = {
  name: 'x-reply-tree',
  version: 1,
  generic: false,
  examples: [],
  locate: () => null,
  recognises: (page) => page.kind === 'json' && TREE_START.test(page.text) && isTree(page.json()),
  extract: extractTree,
}

function extractTree(page: Page): Extraction {
  const tree = walkTree(page.json())
  return makeExtraction(tree === null ? {} : { declared: { title: null, site: 'X', replies: null, tree } })
}

function isTree(value: unknown): boolean {
  return walkTree(value) !== null
}

/** Every id before its answers; null when anything else stands in the tree. Without recursion: trees may be hostile. */
function walkTree(root: unknown): NonNullable<Declared['tree']> | null {
  const top = asObject(root)
  if (top === null) return null
  const told: { readonly post: PostRef; readonly parent: PostRef | null }[] = []
  const open: { readonly below: Json; readonly parent: PostRef | null }[] = [{ below: top, parent: null }]
  for (let one = open.pop(); one !== undefined; one = open.pop())
    for (const [id, answers] of Object.entries(one.below)) {
      const below = Array.isArray(answers) && answers.length === 0 ? {} : asObject(answers)
      if (!ID.test(id) || below === null) return null
      const post = refOf(id)
      told.push({ post, parent: one.parent })
      open.push({ below, parent: post })
    }
  return told
}
