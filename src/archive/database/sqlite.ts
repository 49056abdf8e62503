// The driver of SQLite, of which two releases are installed, because none runs on every Node this program runs on:
// better-sqlite3 13 needs Node-API 10 (and ends older Nodes by a segmentation fault); 12, the last one for Node 20,
// makes Node 24.19 and later abort when a statement is collected while no JavaScript runs
// (https://github.com/WiseLibs/better-sqlite3/issues/1514, nodejs's RemoveEnvironmentCleanupHook).
import { createRequire } from 'node:module'
import type BetterSqlite3 from 'better-sqlite3'
import { UsageError } from '../../errors.ts'

type Driver = typeof BetterSqlite3

/** Node 22.14 and later. */
const NODE_API_OF_13 = 10

const require = createRequire(import.meta.url)

/** Opens databases: the class that better-sqlite3 is. */
export const SqliteDatabase: Driver = chooseDriver(Number(process.versions['napi']))

/** Throws UsageError when neither release is installed. */
export function chooseDriver(nodeApi: number): Driver {
  const newer = nodeApi >= NODE_API_OF_13 ? tryDriver() : null
  return newer ?? loadOlder()
}

/** Null where it is not installed, or has no build for this platform. */
function tryDriver(): Driver | null {
  try {
    const driver: Driver = require('better-sqlite3-13')
    new driver(':memory:').close()
    return driver
  } catch {
    return null
  }
}

function loadOlder(): Driver {
  try {
    return require('better-sqlite3')
  } catch (error) {
    throw new UsageError(
      `SQLite is not installed: better-sqlite3 could be neither fetched nor built for Node ${process.version} when unspool was installed. Node 22.14 and later need no compiler; else \`npm install --foreground-scripts\` in unspool's folder says what was missing`,
      { cause: error },
    )
  }
}
