import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDeployment, type Deployment } from '../support/deployment.ts'
import { createScenario, createWebhookSender, PRO_LIMITS, type PersonInPlay } from '../zoom/index.ts'
import type { Line } from './line.ts'

const PEOPLE = 100
const TIMES = 1_000
const ROWS = PEOPLE * TIMES
const ROWS_A_PAGE = 300
const CONFIRM_SECONDS = 1
const LESSON_MS = 2_000
const host: PersonInPlay = {
  ...{ key: 'host', name: 'Host', zoomUserId: 'bench-host', email: 'host@bench.example' },
}

/**
 * A list of a hundred thousand rows in the real server, beside a simulated Zoom with the limits of a Pro account: from the
 * first page until the report is final (every page is read twice, since a list is confirmed by a second reading), the memory
 * above what the server had before, and the requests a second against those Zoom allows.
 */
export async function reportFetchBench(): Promise<Line[]> {
  const deployment = await createDeployment({
    settings: { REPORT_PLAN: '1,hourly', REPORT_CONFIRM_SECONDS: String(CONFIRM_SECONDS) },
  })
  try {
    await deployment.start()
    await deployment.install(host, 'bench-account')
    deployment.rest.switches.limits = PRO_LIMITS
    await recordLesson(deployment)
    const before = await memory(deployment, 'VmRSS')
    const doneMs = await finalMs(deployment)
    const peak = await memory(deployment, 'VmHWM')
    const pages = deployment.rest.calls.filter(({ path }) => path.endsWith('/participants'))
    const answered = pages.filter(({ status }) => status === 200)
    const aReading = Math.ceil(ROWS / ROWS_A_PAGE)
    const first = answered.slice(0, aReading)
    const startedMs = first[0]?.atMs ?? 0
    const readMs = (first.at(-1)?.atMs ?? 0) - startedMs
    const refused = pages.length - answered.length
    return [
      {
        what: `list of ${ROWS} rows, first page to final (${answered.length} pages, ${refused} refused)`,
        unit: 's',
        ours: (doneMs - startedMs) / 1000 - CONFIRM_SECONDS,
        baseline: (2 * aReading) / PRO_LIMITS.medium,
        against: 'asking as fast as Zoom allows',
      },
      {
        what: 'requests a second while pages are read',
        unit: '/s',
        ours: ((first.length - 1) / readMs) * 1000,
        baseline: PRO_LIMITS.medium,
        against: 'what Zoom allows (Medium, Pro)',
        target: '≤ 1',
        met: (ratio) => ratio <= 1,
      },
      {
        what: `peak memory above the server’s before, list of ${ROWS} rows`,
        unit: 'MB',
        ours: (peak - before) / 1024,
        baseline: before / 1024,
        against: 'the server before',
      },
    ]
  } finally {
    await deployment.close()
  }
}

async function recordLesson(deployment: Deployment): Promise<void> {
  const { clock, world } = deployment
  const pupils = Array.from({ length: PEOPLE - 1 }, (_, index) => ({
    ...{ key: `pupil${index}`, name: `Pupil ${index}` },
  }))
  const lesson = world.add(
    createScenario({
      ...{ clock, seed: 1, host, people: pupils },
      meeting: { topic: 'A hundred thousand', accountId: 'bench-account' },
    }),
  )
  deployment.rest.reports(lesson.meeting.uuid).times = TIMES
  const webhooks = createWebhookSender({
    ...{ url: `${deployment.url}/webhooks/zoom`, clientId: world.app.clientId },
    ...{ secret: world.app.webhookSecret, clock, seed: 1 },
  })
  webhooks.follow(lesson)
  lesson.join('host')
  for (const { key } of pupils) lesson.join(key)
  await sleep(LESSON_MS)
  lesson.end()
  await webhooks.settled()
}

/** The instant at which the server's figures say that its one report is final. */
async function finalMs(deployment: Deployment): Promise<number> {
  for (;;) {
    // While it folds, the server may find a kept connection idle too long and close it under the next question.
    const answer = await fetch(`${deployment.url}/metrics`, { headers: { connection: 'close' } })
    const figures = await answer.text()
    if (/^rollbook_reports\{state="final(_with_gaps)?"\} 1$/m.test(figures)) return Date.now()
    if (/^rollbook_reports\{state="unavailable"\} 1$/m.test(figures)) {
      throw new Error('The report became unavailable.')
    }
    await sleep(200)
  }
}

/** Kilobytes of the server's process; NaN where the system does not tell. */
async function memory(deployment: Deployment, what: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${deployment.pid() ?? 0}/status`, 'utf8').catch(() => '')
  return Number(new RegExp(`^${what}:\\s+(\\d+)`, 'm').exec(status)?.[1])
}
