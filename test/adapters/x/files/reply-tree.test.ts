import { describe, expect, it } from 'vitest'
import { xReplyTree } from '../../../../src/adapters/x/files/reply-tree.ts'
import { casesOf, pageOf } from '../../cases.ts'
import { describeAdapter } from '../../contract.ts'

describeAdapter(xReplyTree)

describe('a reply tree', () => {
  const [fixture] = casesOf('x-reply-tree')
  const read = (body: string) => xReplyTree.extract(pageOf(fixture!, new TextEncoder().encode(body))).declared.tree
  const isTree = (body: string) => xReplyTree.recognises(pageOf(fixture!, new TextEncoder().encode(body)))

  it('names each post and the one it answers', () => {
    const tree = xReplyTree.extract(pageOf(fixture!)).declared.tree
    const pairs = tree?.map(({ post, parent }) => `${post.id.at(-1)}^${parent?.id.at(-1) ?? ''}`)
    expect(pairs?.sort()).toEqual(['1^', '2^1', '3^1', '4^2', '5^2', '6^5'])
  })

  it.each(['{"12345": "a"}', '{"12345": ["1"]}', '{"12345": {"a": []}}', '{"12345": null}'])('is not %s', (body) => {
    expect(isTree(body)).toBe(false)
    expect(read(body)).toBeUndefined()
  })

  it('may be nested past all measure', () => {
    expect(isTree(`${'{"123456":'.repeat(9000)}[]${'}'.repeat(9000)}`)).toBe(true)
  })
})
