import type { CorrectionAct, PersonCard, RosterSnapshot, SessionAnswer } from '../../shared/wire/index.ts'
import { openBrowser } from '../support/browser.ts'
import type { Deployment } from '../support/deployment.ts'
import {
  attachZoomClient,
  createClock,
  createScenario,
  createWebhookSender,
  type PersonInPlay,
} from '../zoom/index.ts'
import { appearanceOf } from './appearance.ts'
import { median, type Line } from './line.ts'

const CORRECTIONS = 20
const GUESTS = 300
const PROMISED_MS = 1_000
const accountId = 'BenchAccount0000000002'
const host: PersonInPlay = {
  key: 'host',
  // A list shows no row that is out of sight: whoever is looked for stands at its head.
  name: 'Aaron Host',
  zoomUserId: 'BenchHost00000000000002',
  email: 'h@example.org',
}
const guests = Array.from({ length: GUESTS }, (_, i): PersonInPlay => ({
  key: `guest-${i}`,
  name: `Guest number ${String(i).padStart(3, '0')}`,
}))

/**
 * From the host's correction (a name given to somebody, sent by another session of theirs) to the row with it in the list of
 * an open panel, in a real browser under the real SDK, among some hundred people.
 */
export async function correctionOnScreenBench(deployment: Deployment): Promise<Line[]> {
  const { world, url } = deployment
  await deployment.install(host, accountId)
  const clock = createClock(Date.now() - 60_000)
  const meeting = { topic: 'Put right', accountId }
  const scenario = world.add(createScenario({ clock, seed: 78, meeting, host, people: guests }))
  const sender = createWebhookSender({
    ...{ url: `${url}/webhooks/zoom`, clientId: world.app.clientId, secret: world.app.webhookSecret },
    ...{ clock: deployment.clock, seed: 78 },
  })
  sender.follow(scenario)
  for (const { key } of [host, ...guests]) scenario.join(key)
  await sender.settled()
  clock.followRealTime()

  const call = async <Answer>(token: string | null, path: string, body?: object): Promise<Answer> => {
    const answer = await fetch(url + path, {
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Answer
  }
  const { token, meeting: entered } = await call<SessionAnswer>(null, '/api/session', {
    appContext: world.appContext(host, scenario),
  })
  const base = `/api/gatherings/${entered?.gatheringId ?? ''}`
  const { people } = await call<RosterSnapshot>(token, `${base}/roster`)

  const browser = await openBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 400, height: 2400 } })
    await attachZoomClient(page, { world, scenario, person: host.key, homeUrl: `${url}/` })
    await page.goto(`${url}/`)
    await page.getByRole('row', { name: host.name }).waitFor()

    const tookMs: number[] = []
    for (const [index, { id }] of people.slice(1, CORRECTIONS + 1).entries()) {
      const { connections } = await call<PersonCard>(token, `${base}/people/${id}`)
      const name = `Aaron the ${String(index).padStart(2, '0')}`
      const act: CorrectionAct = { kind: 'rename', connection: connections[0]?.key ?? '', name }
      const appeared = page.evaluate<number>(appearanceOf(name))
      // The page answers in order: once this is answered, the observer is in place.
      await page.evaluate('0')
      const sentMs = Date.now()
      await call(token, `${base}/corrections`, act)
      tookMs.push((await appeared) - sentMs)
    }
    const line = (which: string, ours: number): Line => ({
      ...{ what: `correction → row on another panel, ${which} of ${CORRECTIONS}`, unit: 'ms', ours },
      ...{ baseline: PROMISED_MS, against: 'the promise', target: '≤ 1' },
      met: (ratio) => ratio <= 1,
    })
    return [line('median', median(tookMs)), line('longest', Math.max(...tookMs))]
  } finally {
    await browser.close()
  }
}
