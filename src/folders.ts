// Folders made with all that is missing above them. Names only: nothing here knows what they hold.
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Gives the uppermost folder that was made, or undefined. Throws what the system says. Node's own `recursive` never
 * ends where a folder that is there takes no names and calls them missing (procfs; Node 20 to 24).
 */
export function makeFolders(path: string): string | undefined {
  const missing: string[] = [resolve(path)]
  for (let above = dirname(missing[0]!); !existsSync(above) && above !== missing[0]; above = dirname(above))
    missing.unshift(above)
  return missing.filter(isMade)[0]
}

/** False: it was there, or somebody else made it just now. */
function isMade(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return false
    throw error
  }
}
