// What a crawl costs, told by the process that did it in one line of JSON.

export const HOSTS = 20

export interface CrawlCost {
  readonly pages: number
  readonly seconds: number
  /** Of all threads of the process. */
  readonly cpuSeconds: number
  /** Largest resident size of the process, MB. */
  readonly peakMb: number
}

const KILOBYTES = 1024

/**
 * Runs the crawl and prints what its process cost from its start: one loads its modules before the crawl, another when
 * it needs them.
 */
export async function measure<T>(pages: number, crawl: () => Promise<T>): Promise<T> {
  const result = await crawl()
  const { user, system } = process.cpuUsage()
  const seconds = performance.now() / 1000
  const peakMb = process.resourceUsage().maxRSS / KILOBYTES
  const cost: CrawlCost = { pages, seconds, cpuSeconds: (user + system) / 1e6, peakMb }
  console.log(JSON.stringify(cost))
  return result
}
