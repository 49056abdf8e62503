// The normal form of a text: two sightings of one post have the same one. Links and spacing differ between mirrors,
// words do not. It is a key for comparing; nobody is shown it.

const LINK = /(?:https?:\/\/|pic\.twitter\.com\/|\bt\.co\/)\S*/gi
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]|\ufe0e|\ufe0f/g
const SPACES = /\s+/g
const NOT_PLAIN = /[^ -~]| {2}/
const LINKISH = /https?:|\.com?\//i
const FANCY_SINGLE = /[‘’‚‛′]/g
const FANCY_DOUBLE = /[“”„‟″]/g

/**
 * NFKC, plain quotes, single spaces, no invisible characters and no links: a mirror prints the target where the
 * platform prints its shortener. Case stays: "IT" and "it" are different posts.
 */
export function normalForm(text: string): string {
  // A link holds slashes: most texts are looked at once.
  if (!NOT_PLAIN.test(text) && !(text.includes('/') && LINKISH.test(text))) return text.trim()
  const words = text.normalize('NFKC').replace(INVISIBLE, '').replace(FANCY_SINGLE, "'").replace(FANCY_DOUBLE, '"')
  const bare = words.replace(LINK, ' ').replace(SPACES, ' ').trim()
  // A post that is nothing but a link keeps it, or all such posts would be one.
  return bare === '' ? words.replace(SPACES, ' ').trim() : bare
}
