// Finds a Chromium to run: the person's setting, an installed one, one that puppeteer downloaded, one that npm brought.
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, delimiter, join } from 'node:path'
import { UsageError } from '../../errors.ts'
import { unpackBrowser } from './packaged.ts'

/** Environment variable that names the browser's executable, or `packaged` for the one from npm. */
const BROWSER_SETTING = 'UNSPOOL_BROWSER'
/** The one command that gets a browser. */
const GET_A_BROWSER = 'npm install @sparticuz/chromium'
const PACKAGED = 'packaged'

const NAMES = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome', 'microsoft-edge']
const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser']
const WINDOWS_APPS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']
const WINDOWS_FOLDERS = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
/** Inside `<cache>/<product>/<platform>-<version>/<folder>/`. */
const CACHED_NAMES = [
  'chrome',
  'chrome-headless-shell',
  'chrome.exe',
  'chrome-headless-shell.exe',
  'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
]

export interface FoundBrowser {
  readonly executablePath: string
  /** Added to the environment of the browser's process only. */
  readonly env: Readonly<Record<string, string>>
  readonly source: 'setting' | 'installed' | 'puppeteer' | 'packaged'
  /** True for builds that are headless by nature and know no other way. */
  readonly isShell: boolean
}

type Env = Readonly<Record<string, string | undefined>>

/** @throws UsageError that names the command to get one */
export async function findBrowser(env: Env): Promise<FoundBrowser> {
  const setting = env[BROWSER_SETTING] ?? ''
  if (setting !== '' && setting !== PACKAGED) return fromSetting(setting)
  const installed = setting === PACKAGED ? null : (findInstalled(env) ?? findCached(env))
  const found = installed ?? (await findPackaged(env))
  if (found !== null) return found
  throw new UsageError(
    `this page needs a browser to show its posts, and none was found; run \`${GET_A_BROWSER}\` in this folder, install Chrome or Chromium, or set ${BROWSER_SETTING} to the path of one`,
  )
}

function fromSetting(path: string): FoundBrowser {
  if (!existsSync(path))
    throw new UsageError(`${BROWSER_SETTING} names ${path}, which does not exist; correct the path`)
  return found(path, 'setting')
}

function findInstalled(env: Env): FoundBrowser | null {
  const path = installedPaths(env).find((candidate) => existsSync(candidate))
  return path === undefined ? null : found(path, 'installed')
}

function installedPaths(env: Env): string[] {
  if (process.platform === 'darwin') return MAC_APPS.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
  if (process.platform === 'win32')
    return WINDOWS_FOLDERS.flatMap((name) => WINDOWS_APPS.map((app) => join(env[name] ?? 'C:\\Program Files', app)))
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/** The newest of puppeteer's own downloads. */
function findCached(env: Env): FoundBrowser | null {
  const cache = env['PUPPETEER_CACHE_DIR'] ?? join(homedir(), '.cache', 'puppeteer')
  const versions = ['chrome', 'chrome-headless-shell'].flatMap((product) => listFolders(join(cache, product)).reverse())
  const paths = versions.flatMap(listFolders).flatMap((folder) => CACHED_NAMES.map((name) => join(folder, name)))
  const path = paths.find((candidate) => existsSync(candidate))
  return path === undefined ? null : found(path, 'puppeteer')
}

function listFolders(folder: string): string[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const inOrder = names.map((entry) => entry.name).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  return inOrder.map((name) => join(folder, name))
}

async function findPackaged(env: Env): Promise<FoundBrowser | null> {
  const unpacked = await unpackBrowser(env)
  return unpacked === null ? null : { ...unpacked, source: 'packaged', isShell: true }
}

function found(executablePath: string, source: FoundBrowser['source']): FoundBrowser {
  return { executablePath, env: {}, source, isShell: basename(executablePath).includes('headless-shell') }
}
