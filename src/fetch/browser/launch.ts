// Starts one Chromium that can reach the network only through our proxy, and stops it for certain.
import { resolve } from 'node:path'
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core'
import { UsageError } from '../../errors.ts'
import { atMost } from '../at-most.ts'
import type { FoundBrowser } from './find.ts'

/** Start takes 0.2–2 s. */
const LAUNCH_TIMEOUT_MS = 30_000
/** One command to the browser. */
const COMMAND_TIMEOUT_MS = 30_000
/** A browser that does not close by then is killed. */
const CLOSE_TIMEOUT_MS = 5_000

const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-pings',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--mute-audio',
]
const NO_PICTURES = '--blink-settings=imagesEnabled=false'
const NO_SANDBOX = ['--no-sandbox', '--disable-setuid-sandbox']
const SANDBOX_MISSING = /sandbox/i

/** What kind of browser a visit needs; another kind is another process. */
export interface Kind {
  /** Folder of its profile; null: a fresh one, thrown away. */
  readonly profile: string | null
  /** Whether pictures are loaded. */
  readonly media: boolean
}

/** @throws UsageError when the browser does not start */
export async function launchBrowser(found: FoundBrowser, proxyPort: number, kind: Kind): Promise<Browser> {
  const args = [...QUIET, ...(kind.media ? [] : [NO_PICTURES]), ...onlyThrough(proxyPort)]
  // Chromium refuses to run sandboxed as root.
  if (process.getuid?.() === 0) return start(found, kind, [...args, ...NO_SANDBOX])
  try {
    return await start(found, kind, args)
  } catch (error) {
    // Some distributions forbid unprivileged user namespaces (Ubuntu since 23.10), which the sandbox is made of.
    if (error instanceof Error && SANDBOX_MISSING.test(error.message))
      return start(found, kind, [...args, ...NO_SANDBOX])
    throw error
  }
}

/** Closes, or kills what does not. */
export async function stopBrowser(browser: Browser): Promise<void> {
  const child = browser.process()
  // Closing fails or never ends when the process is dead already.
  const closing = browser.close().catch(() => undefined)
  await atMost(closing, CLOSE_TIMEOUT_MS)
  if (child !== null && child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
}

/** No name is resolved and no packet sent but by the proxy; loopback and WebRTC would otherwise go their own ways. */
function onlyThrough(proxyPort: number): string[] {
  return [
    `--proxy-server=http://127.0.0.1:${proxyPort}`,
    '--proxy-bypass-list=<-loopback>',
    '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  ]
}

async function start(found: FoundBrowser, { profile }: Kind, args: string[]): Promise<Browser> {
  const folder = profile === null ? {} : { userDataDir: resolve(profile) }
  try {
    return await puppeteer.launch({ ...OPTIONS, ...folder, ...detailsOf(found), args })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const hint = profile === null ? '' : `; if another browser has the profile ${profile} open, close it`
    throw new UsageError(`the browser ${found.executablePath} did not start: ${why}${hint}`, { cause: error })
  }
}

const OPTIONS: LaunchOptions = {
  // A pipe, not a port: no other user can steer it, and it ends when we do.
  pipe: true,
  downloadBehavior: { policy: 'deny' },
  timeout: LAUNCH_TIMEOUT_MS,
  protocolTimeout: COMMAND_TIMEOUT_MS,
  handleSIGINT: false,
  handleSIGTERM: false,
  handleSIGHUP: false,
}

function detailsOf(found: FoundBrowser): LaunchOptions {
  return {
    executablePath: found.executablePath,
    headless: found.isShell ? 'shell' : true,
    env: { ...process.env, ...found.env },
  }
}
