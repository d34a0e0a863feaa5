import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Requests a second for one installation. Zoom allows the operations used here ("Medium") 20 a second on its smallest paid
 * plan, for the whole account and all its apps together; a twentieth is left to the others.
 *
 * @see https://developers.zoom.us/docs/api/rate-limits/
 */
export const REQUESTS_A_SECOND = 19

/** So many installations are remembered; one that is forgotten has asked nothing for a while. */
const MOST_REMEMBERED = 10_000

/** Waits until this installation may ask again. On the machine's time, whatever the clock of the program: Zoom counts by its own. */
export type Pace = (installationId: string) => Promise<void>

export function createPace(perSecond = REQUESTS_A_SECOND): Pace {
  const spacingMs = 1000 / perSecond
  const nextMs = new Map<string, number>()
  return async (installationId) => {
    const nowMs = performance.now()
    const turnMs = Math.max(nowMs, nextMs.get(installationId) ?? 0)
    nextMs.delete(installationId)
    nextMs.set(installationId, turnMs + spacingMs)
    if (nextMs.size > MOST_REMEMBERED) nextMs.delete(nextMs.keys().next().value ?? '')
    if (turnMs > nowMs) await sleep(turnMs - nowMs)
  }
}
