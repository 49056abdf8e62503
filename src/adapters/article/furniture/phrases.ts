// What pages print around an article in words: labels over related links, invitations, credits, lines about the author.
// Read off pages in a dozen languages; matched against whole short blocks only, never inside a paragraph.

/** Characters above which a block is never taken for a label. */
const MAX_LABEL = 90
const MAX_POINTER = 240
const MAX_CREDIT = 200
const MAX_INVITATION = 420

const LABELS = [
  // English
  '(related|recommended|popular|trending|similar|further|latest|more|other|top|featured|also)( \\S+)? (articles?|posts?|stories|story|news|reading|content|links|topics|coverage|videos|headlines|products)( .{0,40})?',
  'related|recommended( for you)?|trending( now)?|read (more|next|also|this|on)( .{0,50})?|more (on|from|about|in|at|by|like) .{0,50}|more',
  "(you (may|might)|people) (also )?(like|enjoy|be interested in|read)( .{0,30})?|see also|don['’]t miss( .{0,30})?|also (on|in|from|read) .{0,40}|most (read|popular|viewed|commented)( .{0,20})?|editors?['’]?s? picks?",
  '(share|tweet|pin|save|print|e-?mail|like|follow)( (this|us|it|on|via|me|now|recipe|page|story|article|post|with)( .{0,40})?)?|like it\\? share it!?|(sharing|share) (is caring|options?|buttons?)!?|spread the (word|love)!?',
  '(filed (under|in)|posted (in|on|by)|tagged( with)?|tags?|topics?|categor(y|ies)|keywords?|labels)( ?:.{0,80})?|leave a (comment|reply)|(the )?comment(s|ing)( (to|on|for) this (entry|post|article|page))? (is|are|has been|have been)( now| currently)? (closed|disabled|turned off)( .{0,30})?|(\\d+|no|add|post|view( all)?|join the) (comments?|discussion|conversation)( .{0,20})?|comments?( ?\\(?\\d*\\)?)?( .{0,12})?',
  "about the authors?|(the )?author|(advertisement|advertising|sponsored|promoted)( content)?|back to top|skip to .{0,30}|(previous|next|older|newer)( (article|post|story|page|entry))?|loading( .{0,20})?|subscribe|sign up|newsletter|register now|learn more|click here( to .{0,40})?|(story|article) continues( below)?( .{0,30})?|what['’]s next\\??|watch( now)?|advert|rate this( .{0,20})?|was this (article )?helpful\\??",
  // What is pressed at a picture or a cut text
  "(\\[\\+\\] )?(click to )?(enlarge|expand|zoom)( (image|this image|photo|picture))?|(continue|keep) reading( .{0,40})?|text size|play (video|audio)|(view|open|see|show)( (image|photo|full|larger))? (gallery|galleries|slideshow|photos|pictures|image|caption)|(hide|toggle) caption|slideshow|photo gallery|add your comment|show (more|less)|image \\d+ (of|/) \\d+|(bild )?vergrößern|bild (\\d+ von \\d+|in lightbox öffnen)|bildergalerie( .{0,30})?|fotostrecke( .{0,30})?|agrandir( l[’']image)?|ampliar( (foto|imagen))?|ver (galería|fotos|más fotos)|(voir|ouvrir) (la galerie|le diaporama)|diaporama",
  // German
  '(mehr|weitere[srn]?|ähnliche|verwandte|passende|empfohlene|aktuelle|neueste|beliebte|andere)( \\S+)? (zum thema|thema|themen|artikel|beiträge|nachrichten|infos?|informationen|meldungen|links|news|tipps|inhalte|produkte|rezepte|tourentipps|posts)( .{0,40})?',
  'mehr( (zu|zum|aus|von|über|lesen|dazu|erfahren)( .{0,50})?)?|(das|dies|diese artikel)? ?könnten? (sie|dich|dir|ihnen|euch) (auch|ebenfalls)( .{0,30})?|(auch )?interessant( .{0,20})?|auch (interessant|lesenswert|auf)( .{0,30})?|(lesen sie|lies|lest) (auch|mehr|dazu|hier|weiter|jetzt)( .{0,50})?|weiterlesen( .{0,30})?|(zum|dazu) thema|passend (dazu|zum thema)|links zum thema|empfehlungen?( .{0,20})?|siehe auch|schon gelesen\\?|(noch )?mehr infos( .{0,20})?|zusatzinformationen|(neueste|letzte|aktuelle) (artikel|beiträge|nachrichten|meldungen)|kommentare geschlossen|alle angaben ohne gewähr',
  '((artikel|beitrag|seite|diesen (artikel|beitrag)) )?(teilen|drucken|kommentieren|merken|empfehlen|bewerten|weitersagen|versenden)( .{0,30})?|teile[n]? (diesen|mit|auf|das|den)?.{0,30}|kommentare?( ?\\(?\\d*\\)?)?( .{0,12})?|schlagw[oö]rte?r?( ?:.{0,80})?|stichw[oö]rte?r?( ?:.{0,80})?|kategorien?( ?:.{0,60})?|themen( ?:.{0,60})?|(anzeige|werbung)(en)?( .{0,40})?|über (den|die|unsere?n?) autor(in|en|innen)?( .{0,20})?|externer inhalt|nach oben|zurück( .{0,20})?|zur startseite|(war|hat) .{0,20}artikel .{0,20}(nützlich|hilfreich|gefallen)\\?|gefällt (mir|dir).{0,20}|möchten sie den artikel teilen\\?|\\(?noch keine bewertungen\\)?|jetzt (abonnieren|anmelden|lesen|bestellen|kaufen)',
  // French
  "([àa] (lire|voir|découvrir)|lire|voir|lisez)( (aussi|également|la suite|plus|sur|ensuite))( .{0,50})?|sur le même (sujet|thème)|(articles?|contenus?|sujets?|dossiers?|lectures?) (similaires?|liés?|liées?|connexes?|associés?|récents?|recommandés?)( .{0,20})?|partage[rz]?( .{0,40})?|publicité|pour (aller plus loin|en savoir plus|lire la suite|accéder)( .{0,50})?|(mots[- ]cl[ée]s|étiquettes|tags)( ?:.{0,80})?|([àa] propos de )?l[’']auteure?|commentaires?( .{0,12})?|laisser un commentaire|(article|billet) (suivant|précédent)( .{0,60})?|plus d[’']articles( .{0,30})?|s[’']abonner( .{0,30})?|imprimer",
  // Spanish, Portuguese, Italian, Catalan
  '(le|te) (puede|podría|pueden|podrían) interesar( .{0,30})?|también (te|le|en)( .{0,40})|(le[ae]|leer|vea|ver|mir[ae]|puedes?( ver)?)( (también|además|más|aquí))( .{0,50})?|(noticias?|contenidos?|temas?|artículos?|notas?|entradas?|más noticias) (relacionad[ao]s?|de interés|similares)( .{0,20})?|compart[ea]?( .{0,40})?|compartir( .{0,40})?|(etiquetas|palabras clave)( ?:.{0,80})?|publicidad|(sobre|acerca de)l? (el )?autora?|suscr[íi]b(ete|irse|ase)( .{0,40})?|comentarios?( .{0,12})?|deja (un|tu) comentario|síguenos( .{0,30})?|temas( ?:.{0,60})?',
  '(leia|veja|saiba|confira)( (também|mais))( .{0,50})?|(notícias|matérias|artigos|posts) relacionad[ao]s|compartilh[ea]r?( .{0,30})?|publicidade|(leggi|vedi|guarda)( (anche|tutto|di più))( .{0,50})?|(articoli|notizie|contenuti) (correlat[ie]|simili)|(ti )?potrebbe(ro)? (anche )?interessar(ti|vi)( .{0,30})?|condividi( .{0,30})?|pubblicità|commenti?( .{0,12})?',
  // Dutch, Polish, Nordic, Turkish, Russian
  'lees (ook|meer|verder)( .{0,50})?|gerelateerde?( .{0,30})?|deel (dit|deze)?( .{0,30})?|advertentie|reacties?|(czytaj|zobacz|przeczytaj|sprawdź)( (też|także|również|więcej|dalej))( .{0,50})?|powiązane( .{0,20})?|udostępnij( .{0,20})?|reklama|komentarze|(läs|les|læs|lue)( (även|också|mer|mere|også|videre|myös|lisää))( .{0,50})?|relatera(de|t)( .{0,20})?|relater(ede|te)( .{0,20})?|annons|annonse|mainos|dela|del|jaa|(читайте|смотрите|читать)( (также|ещё|еще|далее))( .{0,50})?|реклама|поделиться( .{0,20})?|(ilgili|benzer) (haberler|yazılar)|paylaş',
]
/** A row of buttons, with or without space between the names. Not `\W`: to that letters of most scripts are signs. */
const BUTTONS =
  /^(?:[^\p{L}\p{N}]*(?:facebook|twitter|x|pinterest|whatsapp|e-?mail|linkedin|xing|telegram|reddit|tumblr|pocket|mastodon|bluesky|messenger|flipboard|copy link|link kopieren|mail|print|drucken|share|teilen|tweet|partager|compartir|rss|sms|instagram|youtube|more|mehr|on|auf|\d+(?!\d)))+[^\p{L}\p{N}]*$/iu
const LABEL = new RegExp(`^\\P{L}{0,6}(${LABELS.join('|')})\\s*[\\p{P}\\p{S}]{0,3}$`, 'iu')

const POINTER =
  /^\W{0,4}(read|read more|read next|read also|also read|see also|see more|watch|listen|more|related|recommended|must read|don['’]t miss|lesen sie(?: auch| hier| mehr| dazu)?|lies auch|mehr(?: dazu| zum thema)?|siehe auch|auch interessant|lesetipp|passend dazu|hintergrund|à lire(?: aussi)?|lire aussi|voir aussi|lea(?: también| más| además)?|lee(?: también| más)?|leer más|mire|vea(?: también)?|puedes ver|le puede interesar|te puede interesar|ver más|también|leia(?: também| mais)?|veja também|saiba mais|leggi anche|vedi anche|lees ook|czytaj(?: też| także| więcej)?|zobacz(?: też| także)?|läs (?:även|också|mer)|les også|læs også|lue myös|читайте также)\s*(?::|»|>|\||–|—)\s*\S/iu

const CREDIT =
  /^\W{0,3}(fotos?|photos?|bild(?:er)?|titelbild|beitragsbild|images?|pictures?|illustrations?|infografik|grafik|imagen|imágenes|foto\/copyright|(?:photo |image |picture )?credits?|crédit(?:s|o|os)?(?: photos?)?|photograph|bildnachweis|bildquelle|copyright|fotografías?|zdjęci[ea]|kuva|video)(?: (?:by|via|von|courtesy|de|par|credit|credits))?\s*(?::|©|\/|\||by |via |von |courtesy )/iu
/** Nothing but a picture agency's name, perhaps behind the photographer's. */
const AGENCY =
  /(?:^|[/|(©–—-]\s*|\bvia )(?:getty images|reuters|shutterstock|i?stockphoto|istock|alamy|unsplash|pixabay|pexels|adobe stock|fotolia|picture[ -]alliance|imago(?: images)?|ap photo|ap images|associated press|afp|dpa|epa|efe|keystone|wikimedia commons|flickr)\)?\s*$/iu
const MAX_AGENCY = 80
const COPYRIGHT =
  /^\W{0,3}(©|copyright\b|\(c\)\s)|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|todos os direitos reservados|wszelkie prawa/iu

const INVITATION =
  /\b(sign(?:ing)? up (?:for|to) (?:our|the|my)|subscribe (?:to|now|here|today)|please subscribe|follow (?:us|me|him|her) on|join (?:our|us on|the conversation)|download (?:the|our) .{0,40}\bapps?\b|get (?:our|the) .{0,40}newsletter|newsletter (?:abonnieren|bestellen|anmelden)|(?:abonnieren|bestellen) sie|abonnier(?:e|t)? (?:unseren|jetzt|den)|folg(?:e|t|en sie) (?:uns|mir)|melde?n? (?:sie )?(?:dich|sich) .{0,30}(?:an|newsletter)|unseren newsletter|inscrivez-vous|abonnez-vous|suivez-nous|suscr[íi]b(?:ete|ase)|únete|síguenos|s[íi]gue(?:nos|me)|assine (?:a|nossa)|inscreva-se|siga-nos|iscriviti|seguici|meld je aan|volg ons|zapisz się|affiliate[- ]links?|as an amazon associate|(?:erhalten|erhält) .{0,60}provision|earn (?:a|an) .{0,20}commission|already a subscriber|gefällt (?:dir|ihnen) unser|nuestro canal|canal de (?:telegram|youtube|whatsapp)|apóyanos|unseren? (?:kanal|whatsapp|telegram)|support (?:our|independent) journalism|buy me a coffee|unterstütze? .{0,30}(?:paypal|patreon|steady)|leave a comment below|let (?:us|me) know in the comments|share this (?:post|article|story))\b/iu

const BIO =
  /^[\p{Lu}][\p{L}.'’-]+(?: [\p{L}.'’-]+){1,3},? (?:\([^)]*\),? )?(?:is|was|are|ist|war|est|es|è|writes|works|covers|schreibt|arbeitet|lebt|studiert|a étudié)\b.{0,200}\b(?:writer|reporter|editor|journalist(?:in)?|author|correspondent|columnist|professor|lecturer|fellow|founder|blogger(?:in)?|freelancer?|contributor|producer|redakteur(?:in)?|autor(?:in|a|e)?|journaliste|auteure?|periodista|escritora?|giornalista)\b/u
const REACHED =
  /^[\p{Lu}][\p{L}.'’-]+(?: [\p{L}.'’-]+){0,3} can be (?:reached|contacted|followed|found) (?:at|on|by|via)\b/u
const CONTACT =
  /^\W{0,3}(?:follow|reach|contact|email|e-mail|tweet|you can (?:follow|reach|contact|find)) (?:the |@|him|her|them|me\b|[\p{L}]+ (?:on|at|via)).{0,80}(?:@\w{2,}|twitter|e-?mail|facebook)/iu

/** A heading or line that says nothing but what kind of links, buttons or boxes follow. */
export function isLabel(text: string): boolean {
  return text.length <= MAX_LABEL && (LABEL.test(text) || BUTTONS.test(text))
}

/** `Read more: another story`. */
export function isPointer(text: string): boolean {
  return text.length <= MAX_POINTER && POINTER.test(text)
}

/** Who took the picture, whose rights these are. */
export function isCredit(text: string): boolean {
  if (text.length <= MAX_AGENCY && AGENCY.test(text)) return true
  return text.length <= MAX_CREDIT && (CREDIT.test(text) || COPYRIGHT.test(text))
}

/** Asks the reader to subscribe, follow, share or pay. */
export function isInvitation(text: string): boolean {
  return text.length <= MAX_INVITATION && INVITATION.test(text)
}

/** Says who the author is, at the end of an article. */
export function isBio(text: string): boolean {
  return BIO.test(text) || (text.length <= MAX_POINTER && (CONTACT.test(text) || REACHED.test(text)))
}
