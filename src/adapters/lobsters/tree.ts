// Whom a comment answers when only its depth is written: the last one above it that stands one level up.
import type { Parent } from '../../model.ts'
import { refOf } from './names.ts'

/** The site writes depths out of its own parent links. */
const DEPTH_P = 0.99

export class Depths {
  readonly #open: string[] = []

  /** The comment above; null at the left edge. Depths begin anywhere. */
  place(url: string, depth: number): string | null {
    const level = Math.min(Math.max(0, depth), this.#open.length)
    this.#open.length = level
    this.#open.push(url)
    return this.#open[level - 1] ?? null
  }
}

export function layoutParent(url: string, say: string): Parent {
  return { ref: refOf(url), key: url, basis: 'layout', p: DEPTH_P, say }
}

export function declaredParent(url: string, say: string): Parent {
  return { ref: refOf(url), key: url, basis: 'declared', p: 1, say }
}
