#!/usr/bin/env node
// The process: arguments, streams, signals, exit code. Calls the CLI and nothing else.
import { VERSION } from './version.ts'

/** Exit code of a process stopped by Ctrl-C (128 + SIGINT). */
const INTERRUPTED = 130
/** Exit code when results cannot be written: a full disk behind `> file`. */
const UNWRITABLE = 9

/** systemd and docker ask with SIGTERM; a terminal that closes, with SIGHUP. */
const STOPS = ['SIGINT', 'SIGTERM'] as const

async function main(argv: readonly string[]): Promise<number> {
  const stop = new AbortController()
  const hasTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY)
  const onStop = (asked: NodeJS.Signals): void => {
    if (asked === 'SIGHUP') endByHangUp()
    if (stop.signal.aborted) process.exit(INTERRUPTED)
    const again = asked === 'SIGINT' ? 'Ctrl-C again' : 'a second signal'
    process.stderr.write(`unspool: stopping after the capture in hand; ${again} stops at once\n`)
    stop.abort()
  }
  // Node undoes what nohup asks for. Without a terminal SIGHUP tells a service to read its settings anew, as each tick
  // of a watch does.
  if (!hasTerminal) process.on('SIGHUP', () => undefined)
  const output = watchOutput()
  const { runCli } = await import('./cli/program.ts')
  const code = await runCli(argv, {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env: process.env,
    now: () => new Date(),
    signal: stop.signal,
    heed: (isHeeded) => {
      output.mayEnd = !isHeeded
      for (const signal of hasTerminal ? [...STOPS, 'SIGHUP' as const] : STOPS) {
        process.off(signal, onStop)
        if (isHeeded) process.on(signal, onStop)
      }
    },
  })
  return output.isLost ? UNWRITABLE : code
}

/** Node crashes where its terminal is gone at the end: so it ends by the signal itself. */
function endByHangUp(): void {
  process.once('exit', () => {
    process.removeAllListeners('SIGHUP')
    process.kill(process.pid, 'SIGHUP')
  })
}

interface Output {
  /** Whether results that cannot be printed end the process: not where captures are being kept. */
  mayEnd: boolean
  /** Whether results were lost that somebody still waits for. */
  isLost: boolean
}

function watchOutput(): Output {
  const output = { mayEnd: true, isLost: false }
  // Remarks that nobody can hear any more are no reason to leave an import half done.
  process.stderr.on('error', () => undefined)
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    // `unspool list | head` closes our output early, a terminal when it is closed: that is not an error.
    const isUnheard = code === 'EPIPE' || code === 'EIO'
    if (!isUnheard && !output.isLost)
      process.stderr.write(`unspool: the output cannot be written (${message}); make room\n`)
    output.isLost ||= !isUnheard
    if (output.mayEnd) process.exit(isUnheard ? 0 : UNWRITABLE)
  })
  return output
}

if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V')) {
  // Answered before anything is loaded: scripts ask this often.
  process.stdout.write(`${VERSION}\n`)
} else {
  process.exitCode = await main(process.argv.slice(2))
}
