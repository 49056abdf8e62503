// Closes a test run with one plain line that any CI can count.
import type { Reporter, TestModule } from 'vitest/node'

export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: errors.length, skipped: 0 }
    for (const module of modules) {
      if (module.errors().length > 0) count.failed++
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed' || state === 'failed' || state === 'skipped') count[state]++
      }
    }
    // After the default reporter's own summary, so that it is the last line.
    setImmediate(() => console.log(`Tests: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`))
  }
}
