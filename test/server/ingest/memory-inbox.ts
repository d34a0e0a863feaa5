import type { Delivery, DrainResult, Inbox, Translation } from '../../../server/ingest/index.ts'

/** An inbox that keeps its promises but not its content: what the port says, without a database. */
export function memoryInbox({ owners = {} }: { owners?: Record<string, string> } = {}) {
  const kept = new Map<
    string,
    { delivery: Delivery; attempts: number; state: 'pending' | 'parked' | 'done' }
  >()
  const translations: Translation[] = []
  let down = false
  let drains = 0

  const inbox: Inbox = {
    installationFor({ zoomAccountId, hostZoomUserId, zoomUserId }) {
      if (down) return Promise.reject(new Error('storage is down'))
      const owner = [hostZoomUserId, zoomUserId, zoomAccountId]
        .map((id) => owners[id ?? ''])
        .find((id) => id !== undefined)
      return Promise.resolve(owner ?? null)
    },
    put(delivery) {
      if (down) return Promise.reject(new Error('storage is down'))
      const key = `${delivery.installationId} ${delivery.dedupeKey}`
      if (kept.has(key)) return Promise.resolve('duplicate')
      kept.set(key, { delivery, attempts: 0, state: 'pending' })
      return Promise.resolve('stored')
    },
    drain({ limit, maxAttempts, translate }) {
      drains += 1
      if (down) return Promise.reject(new Error('storage is down'))
      const result: DrainResult = {
        taken: 0,
        stored: 0,
        parked: 0,
        touched: [],
        deauthorized: [],
      }
      for (const item of [...kept.values()].filter(({ state }) => state === 'pending').slice(0, limit)) {
        result.taken += 1
        try {
          const translation = translate(item.delivery)
          item.state = 'done'
          result.stored += 1
          translations.push(translation)
          tellOf(translation, item.delivery.installationId, result)
        } catch {
          item.attempts += 1
          if (item.attempts < maxAttempts) continue
          item.state = 'parked'
          result.parked += 1
        }
      }
      return Promise.resolve(result)
    },
    counts: () => Promise.resolve({ pending: count('pending'), parked: count('parked') }),
  }
  const count = (wanted: string) => [...kept.values()].filter(({ state }) => state === wanted).length

  return {
    inbox,
    translations,
    deliveries: () => [...kept.values()].map(({ delivery }) => delivery),
    drains: () => drains,
    goDown: () => void (down = true),
    comeBack: () => void (down = false),
  }
}

function tellOf(translation: Translation, installationId: string, result: DrainResult): void {
  if (translation.kind === 'deauthorized') {
    result.deauthorized.push({ installationId, zoomUserId: translation.zoomUserId })
  }
  if (translation.kind !== 'evidence') return
  const { meeting } = translation
  result.touched.push({ installationId, gatheringId: `gathering of ${meeting.uuid}`, version: result.stored })
}
