// The browsers that run: one for each kind that is asked for (a profile is a process), started with its first page, and
// again after a crash or a hang.
import type { Browser } from 'puppeteer-core'
import { atMost } from '../at-most.ts'
import { buildGuardedConnector, PUBLIC_ONLY, type Reach } from '../guard.ts'
import { findBrowser } from './find.ts'
import { type Kind, launchBrowser, stopBrowser } from './launch.ts'
import { type GuardedProxy, startProxy } from './proxy.ts'
import { createTabs, type Tabs } from './tabs.ts'

/** A browser that does not tell its version by then hangs. */
const ALIVE_TIMEOUT_MS = 3_000

export interface Machine {
  readonly browser: Browser
  readonly proxy: GuardedProxy
  readonly tabs: Tabs
}

interface MachineOptions {
  readonly reach?: Reach
  readonly userAgent?: string
  readonly env?: Readonly<Record<string, string | undefined>>
}

export interface Machines {
  /** @throws UsageError when there is no browser, or it does not start */
  get(kind: Kind): Promise<Machine>
  /** Stops a browser that crashed or hangs; one that answers goes on. */
  check(machine: Machine): Promise<void>
  close(): Promise<void>
}

export function createMachines(options: MachineOptions): Machines {
  const running = new Map<string, Promise<Machine>>()
  const start = (key: string, kind: Kind): Promise<Machine> => {
    const starting = startMachine(kind, options)
    running.set(key, starting)
    // The next page tries again.
    starting.catch(() => running.delete(key))
    return starting
  }
  const drop = async (machine: Machine): Promise<void> => {
    for (const [key, one] of running) if ((await one.catch(() => null)) === machine) running.delete(key)
    await stopMachine(machine)
  }
  return {
    get: async (kind) => {
      const key = JSON.stringify([kind.profile, kind.media])
      const machine = await (running.get(key) ?? start(key, kind))
      if (machine.browser.connected) return machine
      await drop(machine)
      return running.get(key) ?? start(key, kind)
    },
    check: async (machine) => {
      if (!(await isAlive(machine.browser))) await drop(machine)
    },
    close: async () => {
      const machines = [...running.values()]
      running.clear()
      await Promise.all(machines.map((one) => one.then(stopMachine, () => undefined)))
    },
  }
}

async function startMachine(kind: Kind, { env, reach, userAgent }: MachineOptions): Promise<Machine> {
  const found = await findBrowser(env ?? process.env)
  const proxy = await startProxy(buildGuardedConnector(reach ?? PUBLIC_ONLY))
  try {
    const browser = await launchBrowser(found, proxy.port, kind)
    const options = { media: kind.media, isPersonal: kind.profile !== null, userAgent: userAgent ?? null }
    return { proxy, browser, tabs: createTabs(browser, options) }
  } catch (error) {
    await proxy.close()
    throw error
  }
}

async function isAlive(browser: Browser): Promise<boolean> {
  if (!browser.connected) return false
  const version = await atMost(
    browser.version().catch(() => null),
    ALIVE_TIMEOUT_MS,
  )
  return version !== null
}

async function stopMachine({ browser, proxy }: Machine): Promise<void> {
  await stopBrowser(browser)
  await proxy.close()
}
