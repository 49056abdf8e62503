// What a child said of an archive before it was gone: no kill may take it back.

export interface Acknowledged {
  /** Digest by id. */
  readonly captures: Map<string, string>
  /** Digest by URL: looks of a crawl. */
  readonly looks: Map<string, string>
  /** Number of posts by id. */
  readonly threads: Map<string, number>
  /** Stems of threads out of which a redaction was asked to take posts. */
  readonly spared: Set<string>
}

export function nothingYet(): Acknowledged {
  return { captures: new Map(), looks: new Map(), threads: new Map(), spared: new Set() }
}

/** How much was acknowledged. */
export function sizeOf({ captures, looks, threads }: Acknowledged): number {
  return captures.size + looks.size + threads.size
}

/** Takes in a child's lines; returns those that are about something else. */
export function note(lines: readonly string[], acked: Acknowledged): readonly string[] {
  return lines.filter((line) => {
    const [what, id = '', value = ''] = line.split(' ')
    if (what === 'capture') acked.captures.set(id, value)
    else if (what === 'look') acked.looks.set(id, value)
    else if (what === 'redacting') acked.spared.add(stemOf(id))
    else if (what === 'thread') acked.threads.set(id, Number(value))
    else return true
    return false
  })
}

/** Of a thread and of all its posts: their ids differ in the last three digits. */
export function stemOf(id: string): string {
  return id.slice(0, -3)
}
