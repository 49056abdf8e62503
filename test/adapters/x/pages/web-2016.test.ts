import { describe, expect, it } from 'vitest'
import { xWeb2016 } from '../../../../src/adapters/x/pages/web-2016.ts'
import { type Case, casesOf, pageOf } from '../../cases.ts'
import { describeAdapter } from '../../contract.ts'

describeAdapter(xWeb2016)

const permalink = casesOf('x-web-2016')[0] as Case

describe('x-web-2016', () => {
  it('reads parents off the classes: ancestor, chain, lone answer', () => {
    const { posts } = xWeb2016.extract(pageOf(permalink))
    expect(posts.map(({ parent }) => posts.find(({ key }) => key === parent?.key)?.index ?? null)).toEqual([
      null,
      0,
      1,
      2,
      1,
    ])
  })

  it('names the conversation, the account and the picture', () => {
    const [, focal] = xWeb2016.extract(pageOf(permalink)).posts
    expect(focal).toMatchObject({ author: { id: '900000001', handle: 'harbourlamp' }, media: [{ kind: 'image' }] })
    expect(focal?.conversation).toMatch(/^\d+$/)
  })

  it('shows a link’s target and not the link that stands for the picture', () => {
    const [first, focal] = xWeb2016.extract(pageOf(permalink)).posts
    expect(first?.html).toContain('href="http://lamplog.example/shelf"')
    expect(focal?.text).toBe('Two of them are square.\nOne still has its lid. 🛢')
  })
})
