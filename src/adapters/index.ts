// The ordered list of adapters and the two questions asked of it: who reads this page, and what does this URL name.
// The first that recognises a page reads it; catch-alls stand last.
import { parseUrl } from '../url.ts'
import { activitypub } from './activitypub/activitypub.ts'
import type { Adapter, Located } from './adapter.ts'
import { article } from './article/article.ts'
import { blogger } from './blogger/blogger.ts'
import { ghost } from './blogs/ghost.ts'
import { lesswrong } from './blogs/lesswrong.ts'
import { microformats } from './blogs/microformats.ts'
import { writefreely } from './blogs/writefreely.ts'
import { bluesky } from './bluesky/bluesky.ts'
import { blueskyRepo } from './bluesky/repo.ts'
import { blueskyWeb } from './bluesky/web.ts'
import { discord } from './chats/discord.ts'
import { matrix } from './chats/matrix.ts'
import { slack } from './chats/slack.ts'
import { commentSystems } from './comment-systems/comment-systems.ts'
import { disqus } from './comment-systems/disqus.ts'
import { discourse } from './discourse/discourse.ts'
import { feed } from './feed/feed.ts'
import { bbpress } from './forums/bbpress.ts'
import { buddypress } from './forums/buddypress.ts'
import { discuz } from './forums/discuz.ts'
import { flarum } from './forums/flarum.ts'
import { fluxbb } from './forums/fluxbb.ts'
import { invision } from './forums/invision.ts'
import { mybb } from './forums/mybb.ts'
import { nodebb } from './forums/nodebb.ts'
import { phpbb } from './forums/phpbb.ts'
import { smf } from './forums/smf.ts'
import { vanilla } from './forums/vanilla.ts'
import { vbulletin } from './forums/vbulletin.ts'
import { xenforo } from './forums/xenforo.ts'
import { github } from './github/github.ts'
import { hackernews } from './hackernews/hackernews.ts'
import { lemmy } from './lemmy/lemmy.ts'
import { linkedin } from './linkedin/linkedin.ts'
import { lobsters } from './lobsters/lobsters.ts'
import { mail } from './mail/mail.ts'
import { fediverseWeb } from './mastodon/fediverse-web.ts'
import { mastodon } from './mastodon/mastodon.ts'
import { mastodonWeb } from './mastodon/web.ts'
import { mediawiki } from './mediawiki/talk.ts'
import { medium } from './medium/medium.ts'
import { metaExport } from './meta/export.ts'
import { threads } from './meta/threads.ts'
import { misskey } from './misskey/misskey.ts'
import { nitter } from './nitter/nitter.ts'
import { ownExport } from './own-export/own-export.ts'
import type { Page } from './page/page.ts'
import { reddit } from './reddit/reddit.ts'
import { csv } from './rows/csv.ts'
import { jsonInPage } from './rows/islands.ts'
import { jsonRows } from './rows/json-rows.ts'
import { jsonl } from './rows/jsonl.ts'
import { text } from './scrape/text.ts'
import { stackexchange } from './stackexchange/stackexchange.ts'
import { substack } from './substack/substack.ts'
import { telegramExport } from './telegram/export.ts'
import { telegram } from './telegram/telegram.ts'
import { threadReader } from './thread-reader/thread-reader.ts'
import { tumblr } from './tumblr/tumblr.ts'
import { video } from './video/video.ts'
import { wordpress } from './wordpress/wordpress.ts'
import { wpJson } from './wordpress/wp-json.ts'
import { wxr } from './wordpress/wxr.ts'
import { xApi } from './x/answers/api.ts'
import { xApiV2 } from './x/answers/api-v2.ts'
import { xGraphql } from './x/answers/graphql.ts'
import { xOembed } from './x/answers/oembed.ts'
import { xArchive } from './x/files/archive.ts'
import { xReplyTree } from './x/files/reply-tree.ts'
import { xScraper } from './x/files/scraper.ts'
import { xDom } from './x/pages/dom.ts'
import { xMobile } from './x/pages/mobile.ts'
import { xWeb } from './x/pages/web.ts'
import { xWeb2016 } from './x/pages/web-2016.ts'

export const ADAPTERS: readonly Adapter[] = [
  ownExport,
  mail,
  threadReader,
  xGraphql,
  xApi,
  xApiV2,
  xScraper,
  xOembed,
  xReplyTree,
  xArchive,
  xWeb,
  xWeb2016,
  xMobile,
  xDom,
  nitter,
  writefreely,
  blogger,
  substack,
  ghost,
  medium,
  lesswrong,
  wordpress,
  wpJson,
  wxr,
  disqus,
  feed,
  bluesky,
  blueskyWeb,
  blueskyRepo,
  activitypub,
  mastodon,
  mastodonWeb,
  fediverseWeb,
  misskey,
  hackernews,
  lobsters,
  reddit,
  discourse,
  github,
  lemmy,
  stackexchange,
  mediawiki,
  commentSystems,
  tumblr,
  linkedin,
  threads,
  metaExport,
  video,
  telegram,
  telegramExport,
  discord,
  slack,
  matrix,
  phpbb,
  xenforo,
  vbulletin,
  smf,
  discuz,
  fluxbb,
  mybb,
  invision,
  nodebb,
  vanilla,
  bbpress,
  buddypress,
  flarum,
  microformats,
  jsonl,
  csv,
  jsonRows,
  text,
  article,
  jsonInPage,
]

/** The adapter that reads this page, or null when none does. */
export function adapterFor(page: Page): Adapter | null {
  return ADAPTERS.find((adapter) => adapter.recognises(page)) ?? null
}

/** What a URL names, and on which platform; null when no adapter knows it. */
export function locateUrl(url: string): (Located & { readonly adapter: string }) | null {
  const parsed = parseUrl(url)
  if (parsed === null) return null
  for (const adapter of ADAPTERS) {
    const located = adapter.locate(parsed)
    if (located !== null) return { ...located, adapter: adapter.name }
  }
  return null
}
