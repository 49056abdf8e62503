#!/usr/bin/env node
// The process: arguments, streams, signals, exit code. Calls the CLI and nothing else.
import { VERSION } from './version.ts'

/** Exit code of a process stopped by Ctrl-C (128 + SIGINT). */
const INTERRUPTED = 130
/** Exit code when results cannot be written: a full disk behind `> file`. */
const UNWRITABLE = 9

/** systemd and docker ask with SIGTERM. */
const STOPS = ['SIGINT', 'SIGTERM'] as const

async function main(argv: readonly string[]): Promise<number> {
  const stop = new AbortController()
  const onStop = (): void => {
    if (stop.signal.aborted) process.exit(INTERRUPTED)
    process.stderr.write('unspool: stopping after the capture in hand; Ctrl-C again stops at once\n')
    stop.abort()
  }
  process.stdout.on('error', giveUpPrinting)
  // Remarks that nobody can hear any more are no reason to leave an import half done.
  process.stderr.on('error', () => undefined)
  const { runCli } = await import('./cli/program.ts')
  return runCli(argv, {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env: process.env,
    now: () => new Date(),
    signal: stop.signal,
    heed: (isHeeded) => {
      for (const signal of STOPS) {
        process.off(signal, onStop)
        if (isHeeded) process.on(signal, onStop)
      }
    },
  })
}

/** `unspool list | head` closes our output early: that is not an error. */
function giveUpPrinting({ code, message }: NodeJS.ErrnoException): void {
  if (code !== 'EPIPE') process.stderr.write(`unspool: the output cannot be written (${message}); make room\n`)
  process.exit(code === 'EPIPE' ? 0 : UNWRITABLE)
}

if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V')) {
  // Answered before anything is loaded: scripts ask this often.
  process.stdout.write(`${VERSION}\n`)
} else {
  process.exitCode = await main(process.argv.slice(2))
}
