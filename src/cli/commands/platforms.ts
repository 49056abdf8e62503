// `unspool platforms`: what can be read, in the order in which it is tried.
import { Command } from 'commander'
import { type Done, type Io, print } from '../io.ts'
import { examples, jsonOption } from '../options.ts'

export function platformsCommand(io: Io, done: Done): Command {
  return new Command('platforms')
    .description('List what can be read, and what is read out of it.')
    .addOption(jsonOption())
    .addHelpText('after', examples('unspool platforms', 'unspool platforms --json'))
    .action(async (options: { json: boolean }) => {
      const { listPlatforms } = await import('../../pipeline/pipeline.ts')
      const platforms = listPlatforms()
      if (options.json) print(io, JSON.stringify(platforms, null, 2))
      else
        for (const { name, inputs, reads } of platforms)
          print(io, `${name.padEnd(14)} ${inputs}\n${' '.repeat(15)}${reads}`)
      done(0)
    })
}
