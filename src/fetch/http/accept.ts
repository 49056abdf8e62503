// What to ask for where one address has several forms. Servers of ActivityPub (W3C, 3.2) give a page to browsers, often
// a mere shell for a script, and the post itself to whoever prefers JSON: Misskey, Pleroma, GoToSocial, Mastodon
// (2026).

const PAGE = 'text/html,application/xhtml+xml,application/json;q=0.9,application/activity+json;q=0.9,*/*;q=0.8'
const OBJECT =
  'application/activity+json,application/ld+json;profile="https://www.w3.org/ns/activitystreams",application/json;q=0.9,text/html;q=0.8,*/*;q=0.5'
/** Where those servers keep posts: ids are digits, UUIDs, ULIDs or their like, never words. */
const OBJECT_PATH = /^\/(?:(?:users\/|@)[\w.-]{1,100}\/statuses|objects|notice|notes)\/(?=[\w-]*\d)[\w-]{8,40}\/?$/

/** The Accept header for a URL; other sites have the same paths, and answer with the page they have. */
export function acceptFor(url: URL): string {
  return OBJECT_PATH.test(url.pathname) ? OBJECT : PAGE
}
