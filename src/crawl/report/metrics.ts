// The last run as Prometheus text (exposition format 0.0.4), for node_exporter's textfile collector. Pure.
import type { CrawlReport } from './report.ts'

const SECOND_MS = 1000

interface Metric {
  readonly name: string
  readonly help: string
  /** Labels and value of each sample. */
  readonly samples: readonly (readonly [labels: string, value: number])[]
}

export function printMetrics(report: CrawlReport, exitCode: number): string {
  return metricsOf(report, exitCode).map(printMetric).join('')
}

function metricsOf(report: CrawlReport, exitCode: number): readonly Metric[] {
  const [started, ended] = [report.startedAt, report.endedAt].map((time) => Date.parse(time) / SECOND_MS)
  return [
    gauge('last_run_timestamp_seconds', 'When the last run ended.', ended!),
    gauge('last_run_duration_seconds', 'How long it took.', ended! - started!),
    gauge('last_run_exit_code', 'How it ended; 0 and 10 (nothing due) are good.', exitCode),
    { name: 'looks', help: 'Looks of the last run, by outcome.', samples: samplesOf('outcome', report.looks) },
    { name: 'posts', help: 'Posts the last run brought.', samples: samplesOf('kind', report.posts) },
    gauge('captures', 'Captures of the last run.', report.captures),
    gauge('new_bytes', 'New payload bytes of the last run.', report.bytes),
    gauge('waiting_pages', 'Pages that still wait.', report.waiting),
    gauge('held_off_hosts', 'Hosts that asked for a longer pause than a run waits.', report.heldOff.length),
    gauge('free_bytes', 'Room left on the disk of the archive.', report.freeBytes),
    ...(report.nextDue === null
      ? []
      : [gauge('next_due_timestamp_seconds', 'When anything is due next.', Date.parse(report.nextDue) / SECOND_MS)]),
  ]
}

function gauge(name: string, help: string, value: number): Metric {
  return { name, help, samples: [['', value]] }
}

function samplesOf(label: string, values: Readonly<Record<string, number>>): Metric['samples'] {
  return Object.entries(values).map(([key, value]) => [`{${label}="${key}"}`, value] as const)
}

function printMetric({ name, help, samples }: Metric): string {
  const full = `unspool_crawl_${name}`
  const lines = samples.map(([labels, value]) => `${full}${labels} ${value}\n`).join('')
  return `# HELP ${full} ${help}\n# TYPE ${full} gauge\n${lines}`
}
