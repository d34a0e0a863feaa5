import { openBrowser } from '../support/browser.ts'
import type { Deployment } from '../support/deployment.ts'
import {
  attachZoomClient,
  createClock,
  createScenario,
  createWebhookSender,
  ids,
  webhookBodies,
  type ConnectionInPlay,
  type PersonInPlay,
} from '../zoom/index.ts'
import { appearanceOf } from './appearance.ts'
import { median, type Line } from './line.ts'

const JOINS = 20
const PROMISED_MS = 1_000
const host: PersonInPlay = {
  key: 'host',
  name: 'Helen Host',
  zoomUserId: 'BenchHost00000000000001',
  email: 'h@example.org',
}
const accountId = 'BenchAccount0000000001'

/**
 * From sending a signed `participant_joined` to the new row in the list of an open panel, in a real browser under the
 * real SDK. Zoom's client in the browser is told nothing of the newcomer, so the webhook alone can have brought the row.
 */
export async function rowOnScreenBench(deployment: Deployment): Promise<Line[]> {
  const { world, url } = deployment
  await deployment.install(host, accountId)
  const clock = createClock(Date.now() - 60_000)
  const scenario = world.add(
    createScenario({ clock, seed: 77, meeting: { topic: 'On time', accountId }, host }),
  )
  const sender = createWebhookSender({
    url: `${url}/webhooks/zoom`,
    clientId: world.app.clientId,
    secret: world.app.webhookSecret,
    clock: deployment.clock,
    seed: 77,
  })
  const stopFollowing = sender.follow(scenario)
  scenario.join(host.key)
  await sender.settled()
  stopFollowing()
  clock.followRealTime()

  const browser = await openBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 400, height: 2400 } })
    await attachZoomClient(page, {
      world,
      scenario,
      person: host.key,
      homeUrl: `${url}/`,
    })
    await page.goto(`${url}/`)
    await page.getByRole('row', { name: host.name }).waitFor()

    const tookMs: number[] = []
    for (let index = 1; index <= JOINS; index += 1) {
      const name = `Newcomer ${String(index).padStart(2, '0')}`
      const appeared = page.evaluate<number>(appearanceOf(name))
      // The page answers in order: once this is answered, the observer is in place.
      await page.evaluate('0')
      const sentMs = Date.now()
      for (const body of webhookBodies(scenario, {
        kind: 'joined',
        atMs: sentMs,
        who: newcomer(name, index),
      })) {
        sender.send(body)
      }
      tookMs.push((await appeared) - sentMs)
    }
    const line = (which: string, ours: number): Line => ({
      what: `webhook → row on screen, ${which} of ${JOINS}`,
      unit: 'ms',
      ours,
      baseline: PROMISED_MS,
      against: 'the promise',
      target: '≤ 1',
      met: (ratio) => ratio <= 1,
    })
    return [line('median', median(tookMs)), line('longest', Math.max(...tookMs))]
  } finally {
    await browser.close()
  }

  function newcomer(name: string, index: number): ConnectionInPlay {
    return {
      person: { key: `newcomer-${index}`, name },
      device: 'laptop',
      userId: String(20_000_000 + index),
      participantUuid: ids.participantUuid(scenario.random),
      parentUserId: null,
      name,
      role: 'attendee',
      place: { kind: 'main' },
      customerKey: '',
    }
  }
}
