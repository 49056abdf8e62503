// How the tests run. It lives beside them; the scripts of package.json name it.
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const ROOT = join(import.meta.dirname, '..')

export default defineConfig({
  root: ROOT,
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // Vitest leaves one processor free, which on a machine of two is half of it.
    maxWorkers: '100%',
    testTimeout: 30_000,
    globalSetup: join(ROOT, 'test/scratch.ts'),
    hookTimeout: 60_000,
    reporters: ['default', join(ROOT, 'test/reporter.ts')],
  },
})
