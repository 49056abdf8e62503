// A text without how it is set – case, punctuation, spacing, the way accents are encoded – so that its words are known
// again where another page sets them otherwise. Only for comparing: nobody is shown it.

const SIGNS = /[^\p{L}\p{N}]+/gu

/** Its letters and digits in lower case, one blank for all between them: `It’s 5 o'clock!` → `it s 5 o clock`. */
export function bare(text: string): string {
  return lettersOf(text, ' ').trim()
}

/** The same run together, for texts whose words are parted otherwise: `night-ferry`, `Nightferry`. */
export function bareRun(text: string): string {
  return lettersOf(text, '')
}

function lettersOf(text: string, between: string): string {
  return text.normalize('NFC').replace(SIGNS, between).toLowerCase()
}
