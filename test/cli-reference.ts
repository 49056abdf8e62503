// The generated parts of the READMEs: what is read, the commands and the exit codes, off the program itself.
// `fillParts` puts them between their marks; the README test compares, `npm run golden` writes.
import type { Argument, Command, Option } from 'commander'
import { listPlatforms } from '../src/adapters/platforms.ts'
import { EXIT_CODES } from '../src/errors.ts'
import { casesOf } from './adapters/cases.ts'

/** A part per name, for `<!-- name -->` … `<!-- /name -->`, by the file it stands in (from the top of the project). */
export function generatedParts(program: Command): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return {
    'README.md': { overview: printOverview(program) },
    'src/adapters/README.md': { platforms: printPlatforms() },
    'src/cli/README.md': { commands: printCommands(program), 'exit codes': printExitCodes() },
  }
}

/** Replaces each part between its marks; a mark without its end gets one. Throws when a mark is not there. */
export function fillParts(markdown: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((text, [name, part]) => fillPart(text, name, part), markdown)
}

/** Every command with its arguments, options, defaults and what it does. */
export function printCommands(program: Command): string {
  return program.commands.map((command) => printCommand(program, command)).join('\n\n')
}

/** Each command and what it does, a row each. */
function printOverview(program: Command): string {
  const rows = program.commands.map(
    (command) => `| \`${printUsage(program, command)}\` | ${toCell(command.description())} |`,
  )
  return ['| command | what it does |', '| --- | --- |', ...rows].join('\n')
}

function printExitCodes(): string {
  const rows = Object.values(EXIT_CODES).map(({ code, say }) => `| ${code} | ${toCell(say)} |`)
  return ['| code | meaning |', '| --- | --- |', ...rows].join('\n')
}

/** What each adapter reads, with its fixtures and the date of the newest. */
function printPlatforms(): string {
  const rows = listPlatforms().map(({ name, inputs, reads }) => {
    const dates = casesOf(name).map(({ capturedAt }) => capturedAt.slice(0, 10))
    return `| ${name} | ${toCell(inputs)} | ${toCell(reads)} | ${dates.length} | ${dates.sort().at(-1) ?? ''} |`
  })
  return ['| adapter | inputs | what is read | fixtures | newest |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  )
}

function fillPart(markdown: string, name: string, part: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const start = markdown.indexOf(open)
  if (start < 0) throw new Error(`there is no mark ${open}`)
  const end = markdown.indexOf(close, start)
  const rest = markdown.slice(end < 0 ? start + open.length : end + close.length)
  return `${markdown.slice(0, start)}${open}\n\n${part}\n\n${close}${rest}`
}

function printCommand(program: Command, command: Command): string {
  const rows = [...command.registeredArguments.map(printArgument), ...command.options.map(printOption)]
  const table = rows.length === 0 ? [] : ['', '| | |', '| --- | --- |', ...rows]
  return [`**\`${printUsage(program, command)}\`** – ${command.description()}`, ...table].join('\n')
}

function printUsage(program: Command, command: Command): string {
  return [program.name(), command.name(), ...command.registeredArguments.map(nameArgument)].join(' ')
}

function nameArgument(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '…' : ''}`.toUpperCase()
  return argument.required ? name : `[${name}]`
}

function printArgument(argument: Argument): string {
  return `| \`${nameArgument(argument)}\` | ${toCell(argument.description)} |`
}

function printOption(option: Option): string {
  const facts = [
    option.argChoices === undefined ? '' : `one of ${option.argChoices.map(toCode).join(', ')}`,
    isSilentDefault(option.defaultValue) ? '' : `default ${toCode(String(option.defaultValue))}`,
    option.envVar === undefined ? '' : `also from ${toCode(option.envVar)}`,
  ].filter((fact) => fact !== '')
  const more = facts.length === 0 ? '' : `; ${facts.join('; ')}`
  return `| \`${toCell(option.flags)}\` | ${toCell(option.description)}${more} |`
}

function toCode(words: string): string {
  return `\`${words}\``
}

function toCell(words: string): string {
  return words.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

/** Nothing, no, and none need no telling. */
function isSilentDefault(value: unknown): boolean {
  return value === undefined || value === false || (Array.isArray(value) && value.length === 0)
}
