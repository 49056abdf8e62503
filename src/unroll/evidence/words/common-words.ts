// The commonest words of a few languages: they tell a language apart and say nothing of a topic. Not a dictionary.

/**
 * A post of ten words has about four of its language's. The first list of each language tells it apart from the others.
 */
const LANGUAGES: readonly (readonly [telling: string, others: string])[] = [
  [
    'the of and to in is that it for was on are with as this be have not you',
    `a an at by from or but so if then than he she they we i me my your his her its our their them us him who what which when where why how
    all any some no one two there here just like get got can could will would should do does did done has had been being were am
    about into out up down over more most much many very too also only even now new because through after before while these those
    don't it's i'm that's isn't can't won't didn't doesn't you're they're we're i've you've there's let's know think see make made go going
    want need use people time way thing things really still back good right well first last other another every im dont thats say said`,
  ],
  [
    'de la que el en los se del las por un una con para es lo como más pero',
    `y o a al su sus me te le les nos mi tu yo si no ya muy todo todos toda esto esta este eso ese hay ser son era fue han ha he tiene tengo hacer hace
    cuando donde porque qué cómo también sin sobre entre hasta desde ni tan así bien aquí algo más menos otro otra cada solo sólo`,
  ],
  [
    'le les des et est une dans qui pour pas sur au plus avec ce sont',
    'je tu il elle nous vous ils on ne que du mais ou donc si son sa ses leur cette ces tout tous fait être avoir comme aussi bien',
  ],
  [
    'der die und das ist nicht ein eine zu den mit von auf für sich auch',
    'ich du er sie es wir ihr im in dem des als wie so aber oder wenn dass nur noch nach bei aus um am war hat haben sind wird werden kann',
  ],
  [
    'o os da do em um uma não com para mais como foi ao são',
    'eu ele ela nós eles que de e é se por na no as a mas ou já muito também isso este esta tem ser',
  ],
  [
    'il di che è per non sono una della con gli nel anche',
    'io lui lei noi loro la le lo i un e o ma se come più questo questa del dei delle al alla ha ho hanno era',
  ],
  [
    'и в не на что с по это как из но для от',
    'я ты он она мы вы они а то же бы у к за о так все ещё уже был была было если или только',
  ],
]

/** Index of the first language of the list. */
export const ENGLISH = 0

const SPACES = /\s+/

const LANGUAGE_OF = new Map(
  LANGUAGES.flatMap(([telling], language) => telling.split(SPACES).map((word) => [word, language] as const)),
)
const COMMON = new Set(LANGUAGES.flatMap((lists) => lists.flatMap((list) => list.split(SPACES))))

export function isCommonWord(word: string): boolean {
  return COMMON.has(word)
}

/** Index of the language that a word in lower case tells, -1 where it tells none. */
export function languageOf(word: string): number {
  return LANGUAGE_OF.get(word) ?? -1
}

/**
 * Index of the language most of the words speak for, -1 when it cannot be told: one word is too few, and so are as many
 * of another.
 */
export function tellLanguage(words: readonly { readonly language: number }[]): number {
  const votes = new Uint32Array(LANGUAGES.length)
  for (const { language } of words) if (language >= 0) votes[language]! += 1
  let [most, best] = [1, -1]
  for (let language = 0; language < votes.length; language++) {
    const own = votes[language]!
    if (own >= most) best = own > most ? language : -1
    most = Math.max(most, own)
  }
  return best
}
