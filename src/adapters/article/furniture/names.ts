// What themes and plugins call what they put into or around an article. Three strengths of names: those that nobody
// gives to writing of their own, common words that somebody may, and words that stand in the middle of a name.

/** Names of plugins, and of what only a site has: believed whatever stands inside. */
const SURE_NAMES = [
  // Buttons to share, like, print, translate, listen
  'share|sharing|share[-_]?bar|sharing-?buttons|post[-_]share|shareaholic|sharedaddy|sharethis\\S*|addtoany|a2a_kit',
  'addthis\\w*|ssba|essb|heateor|the_champ\\S*|swp_social_panel|swp-\\w+|et_social\\w*|novashare|dpsp-\\S+|shariff',
  'mashsb-\\w+|scriptlesssocialsharing|sfsi\\w*|sfsibeforpstwpr|bctt-click-to-tweet|tweetmeme_button|meks_ess|socializer',
  'wabtn_container|swift-box|pinterest-btn|social-?(?:media|links|icons|share)|jp-post-flair|wpcnt|wpa|wp_?ulike\\w*',
  'jetpack-likes-widget\\w*|simplefavorite-button|printfriendly|pf-content-button|print-?link|pdfprnt-buttons|dkpdf-\\S+',
  'email-?link|gtranslate_wrapper|wpml-ls-\\S+|responsivevoice-button|trinity-tts\\S*|fb-(?:like|comments|share-button)',
  // Other articles, and the way to them
  'relatedposts|jp-relatedposts|yarpp|wpp|wp_rp_\\w+|zem_rp\\w*|nrelate\\w*|linkwithin\\w*|crp[-_]\\w+|rpbt_\\w+|rp4wp\\S*',
  'similar-posts|youmaylike|relatedlinks|related-?(?:links|articles|content|news|stories|topics)|recirculation|outbrain',
  'taboola|srpw|tptn_\\w+|post-navigation|nav-links|nav-below|nav-above|post-nav|next-prev|prev-next|pagination',
  'breadcrumbs?|skip-link|wp-block-(?:categories|archives|search|latest-posts|tag-cloud|post-terms|comments)',
  // Tables of contents
  'ez-toc\\S*|lwptoc|toc_container|table-of-contents|tableofcontents',
  // Who wrote it, when, and under what
  'author-(?:box|bio|info|profile|card|area|description|section)|authorbox|about-(?:the-)?author|post-author-(?:bio|info|box)',
  'abh_box|saboxplugin-wrap|m-a-box|ts-fab-wrapper|wpautbox\\S*|pp-(?:multiple-authors|author-boxes)\\S*|uab-\\S+',
  'mks_author_widget|wp-block-post-author|userpic|entry-poster|date-header|post-?meta|entry-?meta|postmetadata',
  'article-?(?:meta|info)|entry-footer|post-footer|post-copyright|copyright-notice|post-tags|tags-links|cat-links',
  'post-categories|tag-list|taglist|tag-?cloud|ljtags|linkbar|trackbacks|post-edit-link|edit-link',
  '(?:span-|bsf-)?rt-reading-time|post-views|pvc_stats|comment-?(?:link|count|form|area)s?',
  // Votes
  'pd-rating|cs-rating|kk-star-ratings|post-?ratings|wp-postratings|rmp-\\S+|yasr-\\S+|gdrts-\\S+',
  // Letters, forms, gifts
  'newsletter|mc4wp|mc_embed\\w*|optin|mailpoet_form|convertkit-form|formkit-form|tnp|om-holder|hustle-ui|wpforms-\\w+',
  'yikes-easy-mc-form-wrap|klaviyo|ml-form-embed|sib-form|ck_form\\w*|buttondown-form|substack-embed',
  // Advertising and consent
  'advert|adsbygoogle|ad-slot|adslot|ad-?container|ad-?wrapper|ads|anzeige|werbung|call-to-action|piano|poool',
  // For machines and for screen readers
  'screen-reader-text|sr-only|hide-text|visually-?hidden|a11y-hidden|assistive-text|no-?print|swp-hidden',
]

/** Common words: believed unless the element holds writing. */
const LIKELY_NAMES = [
  'social|socials|related|subscribe|subscription|rating|ratings|rating-box|likes?|sidebar|cookie|toc|tags|consent',
  'recommendations?|recommended|teasers?|promos?|promotion|sponsored?|sponsor|banner|affiliate|disclaimer|byline',
  'paywall|popup|modal|overlay|cta|donate|donation|donations|read-?more|more-link|readmore|also-read|code-block',
  'meta-?data|navigation',
]

/** In any place of a name, and believed as surely. */
const SURE_STEMS = [
  'breadcrumb|newsletter|outbrain|taboola|related-?(?:links|posts|articles|content)|share-?(?:bar|buttons|links|tools)',
  'social-?(?:share|links|icons)|recirc|wp-embedded-content|embed(?:ded)?-?article|comment[-_]?rules|community-?notice',
  'snippet--article|entry-?footer|privacy-embed|third-?party-?services|_cta\\d?|cta-(?:box|block)|aktionsbutton',
  'link-?box|download-?list|help_wrap|subscri(?:be|ption)|abo-?box|promo-?box|info-?banner|popular-?posts',
  'latest-?(?:posts|news)|also-?read|interesting-?articles',
]

/** The same of common words. */
const LIKELY_STEMS = ['paywall|-teaser|teaser-']
/** Rows of slides: teasers of other articles, or the pictures of this one. */
const SLIDES = /carousel|swiper|slick-slide/i

const word = (names: readonly string[]) => new RegExp(`(^|[\\s_-])(?:${names.join('|')})([\\s_-]|$)`, 'i')
const stem = (names: readonly string[]) => new RegExp(names.join('|'), 'i')
/** Names that mean something else with a word behind them. */
const WHOLE_NAMES =
  /(^|\s)(?:widget(?=[\s_]|$)|kg-(?:audio-player|audio-thumbnail|video-overlay|video-player-container|signup-card)(?=\s|$))/i
const SURE = [word(SURE_NAMES), stem(SURE_STEMS), WHOLE_NAMES]
const LIKELY = [word(LIKELY_NAMES), stem(LIKELY_STEMS)]

/**
 * Whether a `class` names furniture: `sure` by a name of its own, `likely` by a common word, `slides` by a row that may
 * hold pictures; null: it does not.
 */
export function furnitureName(name: string): 'sure' | 'likely' | 'slides' | null {
  if (SURE.some((names) => names.test(name))) return 'sure'
  if (SLIDES.test(name)) return 'slides'
  return LIKELY.some((names) => names.test(name)) ? 'likely' : null
}
