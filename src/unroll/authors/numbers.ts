// Which numbers of one author's posts are believed, all of them seen together and in their order.
import type { MergedPost } from '../../model.ts'
import { comparePosts } from '../identity.ts'
import { refuseCountdowns, runsBackwards } from '../markers/acceptance/countdown.ts'
import { type Acceptance, acceptMarkers } from '../markers/acceptance/families.ts'
import type { NumberedText } from '../markers/acceptance/members.ts'
import { pairTwins } from '../markers/acceptance/twins.ts'
import type { Marker } from '../markers/marker.ts'
import type { PagePlace } from '../sightings/copies.ts'
import { formKey } from '../solve/bag.ts'
import type { Gathering } from './gathering.ts'
import { comparePlaces, isInPageOrder } from './order.ts'

/** How often a candidate in the form and with the total of accepted markers was one. */
const KIN_P = 0.9
/** Accepted markers that show how their author numbers. */
const OFTEN_SO_WRITTEN = 3

/** A fraction at an end of a post by how often it is a marker before company is asked, and after. */
const SURE_FRACTION = 0.6
const LEAST_ON_PAGE = 0.15

/** The markers of one author's posts, which stand in the order that no shuffling of the input changes. */
export function acceptInGroup(
  gathering: Gathering,
  author: string,
  group: readonly number[],
  usesPage = isInPageOrder(gathering, group),
): { readonly sorted: readonly number[]; readonly acceptances: readonly Acceptance[] } {
  const { posts, places } = gathering
  const sorted = [...group].sort((a, b) => {
    if (usesPage) return comparePlaces(places[a] as PagePlace, places[b] as PagePlace)
    return comparePosts(posts[a] as MergedPost, posts[b] as MergedPost)
  })
  const texts: NumberedText[] = []
  for (const at of sorted) texts.push(numberedText(posts[at] as MergedPost, author, texts.length))
  const acceptances = pairTwins(adoptKin(acceptMarkers(texts, gathering.markersOf)))
  if (usesPage && runsBackwards(acceptances)) {
    const upwards = [...acceptances].reverse()
    return { sorted: sorted.reverse(), acceptances: upwards.map(believeOnPage) }
  }
  const isDated = texts.every(({ createdAt }) => createdAt !== null)
  const isTimed = isDated && texts.every(({ createdAt }, k) => k === 0 || createdAt !== texts[k - 1]?.createdAt)
  const counted = usesPage || isDated ? refuseCountdowns(acceptances, isTimed) : acceptances
  return { sorted, acceptances: usesPage ? counted.map(believeOnPage) : counted }
}

/** On a page of threads `2/3` numbers a thread though no `1/3` is there, if the posts before it bear no number. */
function believeOnPage(acceptance: Acceptance, at: number, page: readonly Acceptance[]): Acceptance {
  if (acceptance.marker !== null || acceptance.p < LEAST_ON_PAGE) return acceptance
  const lone = acceptance.candidates.find(isPlainFraction)
  const before = (lone?.number ?? 1) - 1
  if (lone === undefined || before > at || page.slice(at - before, at).some(({ marker }) => marker?.number != null))
    return acceptance
  return { ...acceptance, marker: lone, p: lone.prior, why: () => 'its place on the page fits its number' }
}

function isPlainFraction({ number, total, prior }: Marker): boolean {
  return number !== null && total !== null && number <= total && prior >= SURE_FRACTION
}

/**
 * A candidate written like accepted markers, with their total, is one of them, though its own neighbours are lost; so
 * is a plain fraction of another total, where its author numbers so time and again.
 */
function adoptKin(acceptances: readonly Acceptance[]): readonly Acceptance[] {
  if (acceptances.every(isSettled)) return acceptances
  const [known, written] = [new Set<string>(), new Map<string, number>()]
  for (const { marker } of acceptances) {
    if (marker?.total == null) continue
    const form = formKey(marker)
    known.add(kinOf(marker))
    written.set(form, (written.get(form) ?? 0) + 1)
  }
  const isKin = (one: Marker): boolean =>
    known.has(kinOf(one)) || (isPlainFraction(one) && (written.get(formKey(one)) ?? 0) >= OFTEN_SO_WRITTEN)
  return acceptances.map((acceptance) => adopt(acceptance, isKin))
}

function adopt(acceptance: Acceptance, isKin: (one: Marker) => boolean): Acceptance {
  if (acceptance.marker !== null) return acceptance
  const kin = acceptance.candidates.find((one) => one.number !== null && one.total !== null && isKin(one))
  if (kin === undefined) return acceptance
  return { ...acceptance, marker: kin, p: Math.max(KIN_P, acceptance.p), why: () => 'written like accepted markers' }
}

function kinOf(marker: Marker): string {
  return `${formKey(marker)} ${marker.total}`
}

function isSettled({ marker, candidates }: Acceptance): boolean {
  return marker !== null || candidates.length === 0
}

function numberedText(post: MergedPost, author: string, index: number): NumberedText {
  return { text: post.text, author, createdAt: post.createdAt, index }
}
