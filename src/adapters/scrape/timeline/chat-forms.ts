// The forms in which chats are logged, exported and copied: how a post begins, and which lines the program wrote
// itself. Knows forms only; chat-posts.ts reads by them.

const CLOCK = '\\d{1,2}[:.]\\d{2}(?:[:.]\\d{2})?(?:\\s?[ap]\\.?\\s?m\\.?)?'
const DATE = '\\d{1,4}[./-]\\d{1,2}[./-]\\d{1,4}'
const DATED = `${DATE}(?:,|\\s+at)?[ T]\\s?${CLOCK}`
const TIME = `(?:${DATE}[ T])?${CLOCK}`
const NAME = '[^\\s:<>\\[\\]][^:<>\\[\\]]{0,60}?'
const NICK = '[^\\s<>!]{1,40}'
/** `14 Jan 10:36`, `19-Jul-21 01:34 PM`. */
const WORDY = `\\d{1,2}[ -][A-Z][a-z]{2}(?:-\\d{2,4})? ${CLOCK}`
const WHEN = `(?:${TIME}|${WORDY})`
/** Who comes, goes or is called otherwise, where clients write that as an action. */
const COMING =
  '[^\\s<>]{1,40} (?:\\(\\S{1,200}\\) has (?:joined|left)|has (?:joined|left) [#&]|has quit \\(|\\(\\S{1,200}\\) Quit|is now known as |sets mode:|changes topic to )'

export interface ChatForm {
  /** Groups: `when`, `who` by name, `nick` by handle, `said`, `url`. */
  readonly post: RegExp
  /** A line that the program wrote. */
  readonly own: RegExp
}

const NEVER = /(?!)/
export const CHAT_FORMS: readonly ChatForm[] = [
  // IRC clients: `[10:04] <ann> words`, `* ann waves`; who comes and goes.
  {
    // An action without a clock is an item of somebody's list. A proxy writes the host behind a name, and a sign before
    // the words.
    post: form(
      `(?:(?:\\[?(?<when>${WHEN})\\]?\\s+)?<[@+%&~ ]?(?<nick>${NICK})(?:>\\s|![^\\s<>]{1,200}>\\s[+-]?)|\\[?(?<at>${WHEN})\\]?\\s+\\* (?!${COMING})(?<acts>${NICK})\\s)(?<said>.*)`,
    ),
    own: form(
      `(?:(?:\\[?${WHEN}\\]?\\s+)?(?:===|\\*\\*\\*|-->|<--|-!-|---)\\s.*|\\[?${WHEN}\\]?\\s+\\* ${COMING}.*|Session (?:Start|Ident|Time|Close):.*)`,
    ),
  },
  // WeeChat: `2021-03-02 10:11:15⇥@ann⇥words`, `⇥ *⇥ann waves`; in the place of a name a sign of its own.
  {
    post: form(
      `(?<when>\\d{4}-\\d{2}-\\d{2} ${CLOCK})\\t(?:[@+%&~ ]?(?<nick>[^\\s<>!=*-][^\\s<>]{0,39})\\t|[ ]?\\*\\t(?<acts>${NICK})\\s)(?<said>.*)`,
    ),
    own: form(`\\d{4}-\\d{2}-\\d{2} ${CLOCK}\\t.*`),
  },
  // LINE: `21:41⇥Ann⇥words` below a day, words of several lines in quotation marks.
  {
    post: form(`(?<when>${CLOCK})\\t(?<who>[^\\t]{1,60})\\t(?<said>.*)`),
    own: form(`(?:${CLOCK}\\t[^\\t]*|${DATE}\\s?\\(.{1,12}\\)|\\[LINE\\].*|Saved on: .*)`),
  },
  // DiscordChatExporter's plain text: `[19-Jul-21 01:34 PM] ann#0001`, the words below.
  {
    post: form(`\\[(?<when>${DATED}|${WORDY})\\] (?<who>[^\\s:][^:]{0,60}?)(?: \\(pinned\\))?(?<said>)`),
    own: form('(?:={20,}|(?:Guild|Channel|Topic|After|Before): .*|Exported \\d+ message\\(s\\))'),
  },
  // WhatsApp's export on iPhones, and Discord's on telephones.
  {
    post: form(`\\[(?<when>(?:${DATE},?\\s)?${CLOCK})\\]\\s?(?<who>${NAME}):\\s?(?<said>.*)`),
    own: form(`\\[(?:${DATE},?\\s)?${CLOCK}\\]\\s?[^:]*`),
  },
  // WhatsApp's export on Android.
  { post: form(`(?<when>${DATED})\\s[-–]\\s(?<who>${NAME}):\\s?(?<said>.*)`), own: form(`${DATED}\\s[-–]\\s.*`) },
  // Telegram: `Ann Lee, [12.03.2024 10:00]`.
  { post: form(`(?<who>${NAME}), \\[(?<when>${DATED})\\]:?\\s*(?<said>.*)`), own: NEVER },
  // Discord's window: `Ann — 12/03/2024 10:00`, `Ann — Today at 10:02`.
  {
    post: form(`(?<who>${NAME})\\s?—\\s?(?<when>${DATED}|(?:today|yesterday) at ${CLOCK}|${CLOCK})(?<said>)`),
    own: NEVER,
  },
  // Slack's window: `Ann  10:04 AM`.
  { post: form(`(?<who>${NAME})\\s{2,}\\[?(?<when>\\d{1,2}:\\d{2}\\s?[AP]M)\\]?(?<said>)`), own: NEVER },
  // Clippers of pages of X: `Ann Lee @ann 2024-03-12 (https://x.com/ann/status/…)`. The post that the page is about
  // links nowhere.
  {
    post: form(
      `(?:\\*\\*\\s)?(?<who>\\S.{0,60}?)(?:\\s\\*\\*)? \\(?@(?<nick>\\w{1,20})\\)?[\\s·]+(?![\\s·])(?:(?<when>[^()]{0,40}?)\\s*\\(?(?<url>https?:\\/\\/(?:x|twitter)\\.com\\/\\w+\\/status\\/\\d+)\\)?|(?<at>\\d{4}-\\d\\d-\\d\\d))(?<said>)`,
    ),
    own: NEVER,
  },
  // Logs of programs: `2024-03-12 10:00 Ann: words`.
  {
    post: form(`\\[?(?<when>\\d{4}-\\d{2}-\\d{2}[ T]${CLOCK}Z?)\\]?(?:\\s*[-|])?\\s*(?<who>${NAME}):\\s(?<said>.*)`),
    own: NEVER,
  },
]

/** iPhones write a sign of direction in front of lines about pictures and of what the program says. */
function form(pattern: string): RegExp {
  return new RegExp(`^[\\u200e\\u200f]?${pattern}$`, 'iu')
}
