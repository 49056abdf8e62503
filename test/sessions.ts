// Runs the fenced `console` blocks of a Markdown file as sessions: `$ ` starts a command, `> ` goes on with it, the
// rest is what it must print. A line of `...` stands for any lines, `...` within a line for anything. No updating of
// expectations here.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const COMMAND_LIMIT_MS = 120_000
const ROOT = join(import.meta.dirname, '..')
const ANY = '...'

interface Command {
  /** 1-based line of the file, for messages. */
  readonly line: number
  /** As typed; several lines when it goes on. */
  readonly typed: string
  readonly expected: readonly string[]
}

export interface Session {
  readonly line: number
  readonly commands: readonly Command[]
}

/** All `console` blocks, in order. A block that does not start with a command is an error. */
export function readSessions(markdown: string): Session[] {
  const lines = markdown.split('\n')
  const starts = lines.flatMap((line, index) => (line.trim() === '```console' ? [index] : []))
  return starts.map((start) => {
    const length = lines.slice(start + 1).findIndex((line) => line.trim() === '```')
    if (length < 0) throw new Error(`line ${start + 1}: the block is never closed`)
    return { line: start + 1, commands: readCommands(lines.slice(start + 1, start + 1 + length), start + 2) }
  })
}

/** A folder to run sessions in: `unspool` is on the path, `fixtures` is there, nothing of the user's is. */
export function openSandbox(): { run: (typed: string) => string[]; close: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'unspool-session-'))
  const bin = join(folder, '.bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'unspool'), `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'dist/bin.js')}" "$@"\n`)
  chmodSync(join(bin, 'unspool'), 0o755)
  symlinkSync(join(ROOT, 'fixtures'), join(folder, 'fixtures'))
  const env = {
    PATH: `${bin}:${process.env['PATH']}`,
    HOME: folder,
    TZ: 'UTC',
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
    COLUMNS: '80',
  }
  return {
    run: (typed) => runCommand(typed, folder, env),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Whether output is as told. `...` lines match any number of lines, also none. */
export function isAsTold(expected: readonly string[], actual: readonly string[]): boolean {
  const pattern = expected.map((line) => (line.trim() === ANY ? '(?:[^\\n]*\\n)*?' : `${toPattern(line)}\\n`)).join('')
  return new RegExp(`^${pattern}$`, 'u').test(actual.map((line) => `${line}\n`).join(''))
}

function readCommands(lines: readonly string[], firstLine: number): Command[] {
  const commands: { line: number; typed: string; expected: string[] }[] = []
  for (const [index, line] of lines.entries()) {
    const last = commands.at(-1)
    if (line.startsWith('$ ')) commands.push({ line: firstLine + index, typed: line.slice(2), expected: [] })
    else if (last === undefined) throw new Error(`line ${firstLine + index}: a console block starts with "$ "`)
    else if (line.startsWith('> ') && last.expected.length === 0) last.typed += `\n${line.slice(2)}`
    else last.expected.push(line)
  }
  return commands
}

/** Both streams as a person sees them; a code other than 0 is told in a last line, so that no failure passes unseen. */
function runCommand(typed: string, cwd: string, env: Record<string, string>): string[] {
  const ran = spawnSync('bash', ['-c', `exec 2>&1\n${typed}`], {
    cwd,
    env,
    encoding: 'utf8',
    timeout: COMMAND_LIMIT_MS,
  })
  const printed = ran.stdout === '' ? [] : ran.stdout.replace(/\n$/, '').split('\n')
  if (ran.status === 0) return printed.map((line) => line.trimEnd())
  return [...printed.map((line) => line.trimEnd()), `(exit code ${ran.status ?? ran.signal})`]
}

function toPattern(line: string): string {
  const parts = line.trimEnd().split(ANY)
  return parts.map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('[^\\n]*')
}
