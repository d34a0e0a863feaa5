import { LeaseLost } from '../errors.ts'
import {
  reportTroubleOf,
  ZoomError,
  type CallAs,
  type Limiter,
  type PanelistTold,
  type Registrants,
  type RegistrationRules,
  type Turn,
  type WithToken,
} from '../zoom/index.ts'
import type { DueRegistration, RegistrationOutcome, Registrations, Snapshot } from './ports.ts'

export interface RegistrationParts {
  registrations: Registrations
  registrants: Registrants
  callAs: CallAs
  limiter: Limiter
  clock: () => number
  log: {
    info(fields: Record<string, unknown>, message: string): void
    warn(fields: Record<string, unknown>, message: string): void
    error(fields: Record<string, unknown>, message: string): void
  }
}

/** A page takes two attempts of ten seconds at the worst; a process that is silent for longer is gone. */
const LEASE_MS = 120_000
const AGAIN_AFTER_MS = 60_000
const LONGEST_PAUSE_MS = 3_600_000
/** A page token that ran out is no matter: the lists are short enough to begin again, but not for ever. */
const MOST_RESTARTS = 3
/** An occurrence that began further from its planned start than this is another one. */
const NEAR_MS = 12 * 3_600_000

const standings = ['approved', 'pending', 'denied'] as const

/** The work of registrations as the due loop wants it. `stop`: what is under way ends, the rest waits for the next process. */
export function createRegistrationWork(parts: RegistrationParts) {
  let stopping = false
  return {
    name: 'registrations',
    async runDue(nowMs: number): Promise<number> {
      const planned = await parts.registrations.plan(nowMs)
      let taken = 0
      while (!stopping) {
        const due = await parts.registrations.take(parts.clock(), LEASE_MS)
        if (due === null) break
        taken += 1
        await attempt(parts, due)
      }
      return planned + taken
    },
    stop(): void {
      stopping = true
    },
  }
}

async function attempt(parts: RegistrationParts, due: DueRegistration): Promise<void> {
  const { installationId, number } = due
  try {
    await parts.registrations.settle(due, await read(parts, due))
  } catch (error) {
    if (error instanceof LeaseLost) {
      parts.log.warn({ installationId }, 'registrants took so long that another process went on with them')
      return
    }
    const err = error instanceof Error ? { name: error.name, message: error.message } : null
    parts.log.error({ installationId, number, err }, 'registrants could not be worked on; trying again later')
    await parts.registrations.settle(due, later(parts, due, 'our_failure', null))
  }
}

async function read(parts: RegistrationParts, due: DueRegistration): Promise<RegistrationOutcome> {
  const { who, account, host } = due
  if (who === null) return { kind: 'never', reason: 'reconnect' }
  const turn: Turn = { account, host, urgency: 'now' }
  const withToken: WithToken = (operation, use) =>
    parts.callAs(who, (accessToken) => parts.limiter.run(turn, operation, () => use(accessToken)))
  try {
    const rules = await parts.registrants.rules(due, withToken)
    const panelists = await panelistsOf(parts, due, withToken)
    if (!rules.needed) return { kind: 'none', panelists }
    const snapshot = await snapshotOf(parts, due, occurrenceOf(rules, due), withToken)
    return { kind: 'read', snapshot, panelists }
  } catch (error) {
    if (!(error instanceof ZoomError)) throw error
    const { reason, again } = reportTroubleOf(error)
    // Of a definition that is deleted or expired Zoom says what it says of a list that is not ready: it never will be.
    if (again === 'never' || reason === 'not_ready') return { kind: 'never', reason }
    return later(parts, due, reason, error.retryAtMs)
  }
}

/** Whoever did not grant this has panelists among the audience; that costs nobody their list of registrants. */
async function panelistsOf(
  { registrants, log }: RegistrationParts,
  { kind, number, installationId }: DueRegistration,
  withToken: WithToken,
): Promise<PanelistTold[] | null> {
  if (kind !== 'webinar') return null
  try {
    return await registrants.panelists(number, withToken)
  } catch (error) {
    if (!(error instanceof ZoomError) || error.kind === 'unavailable') throw error
    log.warn({ installationId, code: error.code }, 'Zoom did not tell who the panelists of a webinar are')
    return null
  }
}

function later(
  { clock }: RegistrationParts,
  due: DueRegistration,
  reason: Extract<RegistrationOutcome, { kind: 'later' }>['reason'],
  retryAtMs: number | null,
): RegistrationOutcome {
  const pauseMs = Math.min(AGAIN_AFTER_MS * 2 ** due.failures, LONGEST_PAUSE_MS)
  return { kind: 'later', reason, nextTryAtMs: Math.max(retryAtMs ?? 0, clock() + pauseMs) }
}

/** Where people register for each occurrence apart, the one that is nearest; null: they register for all at once. */
function occurrenceOf(rules: RegistrationRules, { startedAtMs }: DueRegistration): Snapshot['occurrence'] {
  if (!rules.perOccurrence || startedAtMs === null) return null
  const [nearest] = [...rules.occurrences].sort(
    (a, b) => Math.abs(a.startMs - startedAtMs) - Math.abs(b.startMs - startedAtMs),
  )
  return nearest && Math.abs(nearest.startMs - startedAtMs) <= NEAR_MS ? nearest : null
}

async function snapshotOf(
  parts: RegistrationParts,
  due: DueRegistration,
  occurrence: Snapshot['occurrence'],
  withToken: WithToken,
): Promise<Snapshot> {
  const subject = { kind: due.kind, number: due.number, occurrence: occurrence?.id ?? null }
  for (let restarts = 0; ; restarts++) {
    const registrants: Snapshot['registrants'] = []
    let isUnderWay = false
    try {
      for (const standing of standings) {
        isUnderWay = false
        for await (const page of parts.registrants.list(subject, standing, withToken)) {
          isUnderWay = true
          for (const told of page) registrants.push({ told, standing })
          await parts.registrations.hold(due, parts.clock() + LEASE_MS)
        }
      }
      return { occurrence, registrants, atMs: parts.clock() }
    } catch (error) {
      const isTokenRefused =
        error instanceof ZoomError && isUnderWay && error.status === 400 && error.code === '300'
      if (!isTokenRefused || restarts >= MOST_RESTARTS) throw error
    }
  }
}
