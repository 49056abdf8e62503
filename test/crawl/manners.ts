// What the server's own log says of a crawl's manners.
import type { SiteRequest } from '../site/fixture-web.ts'

/** Timers may fire a little early, and the server's clock is in whole ms. */
export const SLACK_MS = 6

/** Requests that came while another of the same host was under way, or sooner after it than `wantedMs` says. */
export function findRudeness(
  requests: readonly SiteRequest[],
  wantedMs: (host: string, at: number) => number,
): readonly string[] {
  return [...byHost(requests)].flatMap(([host, asked]) =>
    asked.slice(1).flatMap((request, at) => {
      const gap = request.at - (asked[at]?.endedAt ?? Number.POSITIVE_INFINITY)
      return gap >= wantedMs(host, at) - SLACK_MS ? [] : [`${host}${request.path} after ${gap} ms`]
    }),
  )
}

/** In order of arrival. */
export function byHost(requests: readonly SiteRequest[]): ReadonlyMap<string, readonly SiteRequest[]> {
  const hosts = new Map<string, SiteRequest[]>()
  for (const request of requests) hosts.set(request.host, [...(hosts.get(request.host) ?? []), request])
  return hosts
}
