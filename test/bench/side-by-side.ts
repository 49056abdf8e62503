// Times whole commands side by side: alternating runs, so that a noisy machine disturbs all of them alike.
import { spawnSync } from 'node:child_process'

export interface Command {
  readonly name: string
  readonly argv: readonly string[]
}

export interface Timing {
  readonly name: string
  /** Milliseconds of wall time, whole process. */
  readonly median: number
  readonly min: number
  readonly max: number
  /** Median over the first command's median. */
  readonly ratio: number
}

/** Runs every command `rounds` times in turn (after one unmeasured round) and compares with the first. */
export function timeSideBySide(commands: readonly Command[], rounds: number): Timing[] {
  const samples = commands.map(() => [] as number[])
  for (let round = -1; round < rounds; round++)
    commands.forEach((command, at) => {
      const ms = timeOnce(command)
      if (round >= 0) samples[at]!.push(ms)
    })
  const base = median(samples[0] ?? [])
  return commands.map(({ name }, at) => {
    const own = samples[at]!
    return { name, median: median(own), min: Math.min(...own), max: Math.max(...own), ratio: median(own) / base }
  })
}

export function printTimings(timings: readonly Timing[]): void {
  for (const { name, median: ms, min, max, ratio } of timings)
    console.log(
      `${name.padEnd(44)} ${ms.toFixed(0).padStart(6)} ms  (${min.toFixed(0)}–${max.toFixed(0)})  ${ratio.toFixed(2)}×`,
    )
}

function timeOnce({ name, argv }: Command): number {
  const [file = '', ...args] = argv
  const start = performance.now()
  const { status, stderr } = spawnSync(file, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${name} exited with ${status}: ${stderr.slice(0, 300)}`)
  return performance.now() - start
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
