/**
 * The demo's web server: the page, what its buttons do, and the wire between the framed panel and the simulated Zoom
 * client. Zoom's own REST and OAuth live on the same port, so the real server needs one address only.
 */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { randomUUID } from 'node:crypto'
import express from 'express'
import type { Response } from 'express'
import { createZoomClient } from '../client/zoom-client.ts'
import type { ZoomClient } from '../client/zoom-client.ts'
import type { ZoomRest } from '../rest.ts'
import type { WebhookSender } from '../webhook-delivery.ts'
import type { ZoomWorld } from '../world.ts'
import { actions } from './stage.ts'
import type { Action, Stage } from './stage.ts'
import { listState } from './zoom-lists.ts'

export interface DemoParts {
  world: ZoomWorld
  rest: ZoomRest
  /** The lesson on stage, the webhooks about it, and the panel's address; null until they are there. */
  show: () => { stage: Stage; sender: WebhookSender; panelUrl: string } | null
  /** Begins a new lesson after the end of one. */
  again: () => Promise<void>
}

/** Whose client the visitor may hold in hands. */
const OPEN_AS: Record<string, string> = {
  host: 'teacher',
  cohost: 'assistant',
  participant: 'denis',
  guest: 'olga',
}

/** @returns the listening server's port */
export async function listenForDemo(
  parts: DemoParts,
  port: number,
): Promise<{ port: number; close(): void }> {
  const app = express().disable('x-powered-by')
  const clients = new Map<string, ZoomClient>()
  app.use((_request, response, next) => {
    response.set('cache-control', 'no-store')
    next()
  })
  app.use(parts.rest.router)
  app.use(express.static(fileURLToPath(new URL('../page', import.meta.url))))

  app.get('/demo/state', (_request, response) => {
    const send = openStream(response)
    let last = ''
    const tell = (): void => {
      const show = parts.show()
      const now = JSON.stringify(
        show && {
          ...show.stage.state(),
          webhooks: webhookCounts(show.sender),
          list: listState(parts.rest, show.stage.scenario, parts.world.clock.now()),
        },
      )
      if (now !== last) send('state', now)
      last = now
    }
    tell()
    const timer = setInterval(tell, 250)
    response.on('close', () => clearInterval(timer))
  })

  app.post('/demo/do', express.json(), async (request, response) => {
    const { action, key, as } = (request.body ?? {}) as { action?: string; key?: string; as?: string }
    const show = parts.show()
    if (!show) return void response.sendStatus(409)
    if (action === 'again') await parts.again()
    else if (action === 'alive') show.stage.setAlive(!show.stage.state().alive)
    else if (action === 'forget') return void response.json({ done: forget(show.stage, as) })
    else if (isAction(action)) return void response.json({ done: show.stage.perform(action, key) })
    else return void response.sendStatus(400)
    response.json({ done: true })
  })

  app.post('/demo/clients', express.json(), (request, response) => {
    const { as, place } = (request.body ?? {}) as { as?: string; place?: string }
    const show = parts.show()
    const client = show && (place === 'main' ? inMainClient(show.stage, as) : inMeeting(show.stage, as))
    if (!show || !client) return void response.sendStatus(409)
    const id = randomUUID()
    clients.set(id, client)
    response.json({ id, panelUrl: show.panelUrl })
  })
  const inMeeting = ({ scenario }: Stage, as: string | undefined): ZoomClient | null => {
    const person = OPEN_AS[as ?? '']
    if (person === undefined) return null
    const { startedAtMs, endedAtMs } = scenario.meeting
    const goesOn = startedAtMs !== null && endedAtMs === null
    if (goesOn && scenario.connectionsOf(person).length === 0) scenario.join(person)
    if (goesOn && as === 'cohost') scenario.promote(person)
    return createZoomClient({ world: parts.world, scenario, person, product: 'web' })
  }
  /** Guests are signed in to nothing, so no main client of theirs knows the app. */
  const inMainClient = (stage: Stage, as: string | undefined): ZoomClient | null => {
    const person = zoomUserIdOf(stage, as)
    if (person === undefined) return null
    return createZoomClient({ world: parts.world, scenario: null, person, product: 'web' })
  }
  const forget = (stage: Stage, as: string | undefined): boolean => {
    const zoomUserId = zoomUserIdOf(stage, as)
    if (zoomUserId === undefined || !parts.world.authorised.has(zoomUserId)) return false
    parts.rest.oauth.kill(zoomUserId)
    return true
  }

  app.post('/demo/clients/:id/calls', express.text({ type: '*/*', limit: '1mb' }), (request, response) => {
    const client = clients.get(request.params.id ?? '')
    if (!client) return void response.sendStatus(404)
    const reply = client.receive(String(request.body))
    if (reply) response.json(reply)
    else response.sendStatus(204)
  })

  app.get('/demo/clients/:id/events', (request, response) => {
    const id = request.params.id
    const client = clients.get(id)
    if (!client) return void response.sendStatus(404)
    const send = openStream(response)
    const stop = client.onEvent((event) => send('zoom', JSON.stringify(event)))
    response.on('close', () => {
      stop()
      client.close()
      clients.delete(id)
    })
  })

  const server = await new Promise<Server>((resolve, reject) => {
    const listening = app.listen(port, 'localhost')
    listening.once('listening', () => resolve(listening))
    listening.once('error', reject)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function zoomUserIdOf({ scenario }: Stage, as: string | undefined): string | undefined {
  const key = OPEN_AS[as ?? '']
  return key === undefined ? undefined : scenario.person(key).zoomUserId
}

function openStream(response: Response): (event: string, data: string) => void {
  response.set({ 'content-type': 'text/event-stream', connection: 'keep-alive' }).flushHeaders()
  return (event, data) => void response.write(`event: ${event}\ndata: ${data}\n\n`)
}

function webhookCounts({ attempts }: WebhookSender): { sent: number; accepted: number; last: string[] } {
  return {
    sent: attempts.length,
    accepted: attempts.filter((attempt) => attempt.outcome === 'accepted').length,
    last: attempts.slice(-3).map((attempt) => attempt.event),
  }
}

const isAction = (action: unknown): action is Action => (actions as readonly unknown[]).includes(action)
