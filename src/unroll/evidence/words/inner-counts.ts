// A count that runs through the texts beside the markers: `16.` in one post, `17.` in the next, where the author
// numbers points as well as posts. It is read for what it says of neighbours; it is no marker and is never taken out.

/** The numbers of the first and of the last point of one post. */
export interface InnerCount {
  readonly first: number
  readonly last: number
}

/** Only this much of a post is read, in UTF-16 code units. */
const READ_LIMIT = 1200
const DIGIT_AND_SIGN = /\d[.):]\s/
const POINT = /(?<![^\s(])#?(\d{1,3})[.):](?=\s)/g

/** @param text of a post, without its marker */
export function readInnerCount(text: string): InnerCount | null {
  const read = text.slice(0, READ_LIMIT)
  if (!DIGIT_AND_SIGN.test(read)) return null
  const points = [...read.matchAll(POINT)].map(([, digits]) => Number(digits)).filter((number) => number > 0)
  const [first, last] = [points[0], points.at(-1)]
  return first === undefined || last === undefined ? null : { first, last }
}

/** How far counting goes from one post to another: 1 where it goes on, null where one of them counts nothing. */
export function stepOfCounts(before: InnerCount | null, after: InnerCount | null): number | null {
  return before === null || after === null ? null : after.first - before.last
}
