import type { Insertable } from 'kysely'
import { sameData } from '../../shared/attendance/compare.ts'
import type { DueRegistration, RegistrationTold, Snapshot } from '../registrations/ports.ts'
import type { ExpectedList, ExpectedLists, Registrant } from '../rosters/expected-ports.ts'
import type { PanelistTold, RegistrantStanding, RegistrantTold } from '../zoom/index.ts'
import { tellReadAnew } from './grown-gatherings.ts'
import type { Parts } from './parts.ts'
import { isUuid } from './parts.ts'
import { openJson, sealJson, type InstallationKeys } from './sealing/index.ts'
import type { Tables } from './tables.ts'
import type { Database } from './tenancy.ts'

/** When somebody became approved, denied or whatever it is, and who told it. */
export interface StandingChange {
  standing: RegistrantStanding
  atMs: number
  by: 'list' | 'message' | 'missing'
}

/** An occurrence that began further from its planned start than this is another one. */
const NEAR_MS = 12 * 3_600_000
/** Somebody registers: their list is read soon, with everybody who does meanwhile. */
const READ_AFTER_MS = 5 * 60_000

interface Place {
  installationId: string
  number: string
  occurrence: string
  key: string
}

const registrantPlace = ({ installationId, number, occurrence, key }: Place) => ({
  installationId,
  table: 'registrants',
  rowId: `${number}/${occurrence}/${key}`,
})

/** Where the panelists of a number are sealed. */
export const panelistsPlace = (installationId: string, number: string) => ({
  ...{ installationId, table: 'registrations', rowId: number },
})

/** What a message says of a registration is kept, and its number's list is read soon. */
export async function keepRegistrations(
  parts: Parts,
  trx: Database,
  installationId: string,
  told: readonly RegistrationTold[],
  nowMs: number,
): Promise<void> {
  const keys = await parts.vault.keysOf(installationId, trx)
  const numbers = new Map(told.map((one) => [one.number, one.kind]))
  for (const [number, kind] of [...numbers].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await trx
      .insertInto('registrations')
      .values({ installation_id: installationId, number, kind, next_read_at_ms: nowMs + READ_AFTER_MS })
      .onConflict((conflict) =>
        conflict.columns(['installation_id', 'number']).doUpdateSet((eb) => ({
          next_read_at_ms: eb.fn<number>('least', [
            'registrations.next_read_at_ms',
            'excluded.next_read_at_ms',
          ]),
        })),
      )
      .execute()
  }
  for (const number of numbers.keys()) {
    const entries = told
      .filter((one) => one.number === number)
      .flatMap(({ occurrences, registrant, standing, atMs }) =>
        (occurrences.length > 0 ? occurrences : [{ id: '', startMs: null }]).map(
          ({ id: occurrence, startMs }): Entry => ({
            ...{ occurrence, startMs, told: registrant, change: { standing, atMs, by: 'message' } },
          }),
        ),
      )
    await putAll(trx, keys, { installationId, number }, entries, 'kept')
  }
  await tellNumbers(trx, installationId, [...numbers.keys()], Math.min(...told.map(({ atMs }) => atMs)))
}

/** A complete reading: everybody in it stands as it says, and whoever is missing from it has cancelled. */
export async function keepSnapshot(
  parts: Parts,
  trx: Database,
  { installationId, number }: DueRegistration,
  { occurrence, registrants, atMs }: Snapshot,
): Promise<void> {
  const keys = await parts.vault.keysOf(installationId, trx)
  const entries = registrants.map(({ told, standing }): Entry => ({
    ...{ occurrence: occurrence?.id ?? '', startMs: occurrence?.startMs ?? null, told },
    change: { standing, atMs, by: 'list' },
  }))
  const gone: StandingChange = { standing: 'cancelled', atMs, by: 'missing' }
  await putAll(trx, keys, { installationId, number }, entries, { occurrence: occurrence?.id ?? '', gone })
  await tellNumbers(trx, installationId, [number], null)
}

interface Entry {
  occurrence: string
  startMs: number | null
  told: RegistrantTold
  change: StandingChange
}

/** Rows that go in one statement. */
const ROWS_A_STEP = 500

/** `others`: what becomes of those of this occurrence that are not among the entries. Nothing is written that is no news. */
async function putAll(
  trx: Database,
  { data, factKey }: InstallationKeys,
  { installationId, number }: Pick<Place, 'installationId' | 'number'>,
  entries: readonly Entry[],
  others: 'kept' | { occurrence: string; gone: StandingChange },
): Promise<void> {
  const rows = await trx
    .selectFrom('registrants')
    .selectAll()
    .where('installation_id', '=', installationId)
    .where('number', '=', number)
    .orderBy('registrant_key')
    .forUpdate()
    .execute()
  const known = new Map(rows.map((row) => [`${row.occurrence} ${row.registrant_key}`, row]))
  const news = new Map<string, Insertable<Tables['registrants']>>()
  const met = new Set<string>()
  for (const { occurrence, startMs, told, change } of entries) {
    const key = factKey(told.registrantId)
    const at = { installationId, number, occurrence, key }
    const name = `${occurrence} ${key}`
    const row = news.get(name) ?? known.get(name)
    met.add(name)
    const before = row ? (openJson(data, registrantPlace(at), row.sealed) as RegistrantTold) : null
    const united = unite(told, before)
    const changesBefore = row ? changesOf(row) : []
    const changes = withChange(changesBefore, change, told.registeredAtMs)
    if (before && sameData(before, united) && sameData(changesBefore, changes)) continue
    news.set(name, {
      ...{ installation_id: installationId, number, occurrence, registrant_key: key },
      occurrence_start_ms: startMs ?? row?.occurrence_start_ms ?? null,
      sealed: sealJson(data, registrantPlace(at), united),
      changes: JSON.stringify(changes),
    })
  }
  if (others !== 'kept') {
    for (const [name, row] of known) {
      const standing = row.changes.at(-1)?.standing
      const isOver = standing === 'denied' || standing === 'cancelled'
      if (row.occurrence !== others.occurrence || met.has(name) || isOver) continue
      news.set(name, { ...row, changes: JSON.stringify([...row.changes, others.gone]) })
    }
  }
  const values = [...news.values()]
  for (let from = 0; from < values.length; from += ROWS_A_STEP) {
    await trx
      .insertInto('registrants')
      .values(values.slice(from, from + ROWS_A_STEP))
      .onConflict((conflict) =>
        conflict.columns(['installation_id', 'number', 'occurrence', 'registrant_key']).doUpdateSet((eb) => ({
          sealed: eb.ref('excluded.sealed'),
          changes: eb.ref('excluded.changes'),
          occurrence_start_ms: eb.ref('excluded.occurrence_start_ms'),
        })),
      )
      .execute()
  }
}

const changesOf = ({ changes }: { changes: StandingChange[] | string }): StandingChange[] =>
  typeof changes === 'string' ? (JSON.parse(changes) as StandingChange[]) : changes

/** A message about a cancellation has no answers, and the list has no source: neither takes away what another told. */
const unite = (told: RegistrantTold, before: RegistrantTold | null): RegistrantTold => ({
  registrantId: told.registrantId,
  email: told.email ?? before?.email ?? null,
  name: told.name === '' ? (before?.name ?? '') : told.name,
  answers: told.answers.length > 0 ? told.answers : (before?.answers ?? []),
  registeredAtMs: told.registeredAtMs ?? before?.registeredAtMs ?? null,
  source: told.source ?? before?.source ?? null,
})

/**
 * In the order of time, whatever the order they are heard in; the same again is no change. Who is first met in a list stood so
 * since they registered.
 */
function withChange(
  known: readonly StandingChange[],
  change: StandingChange,
  registeredAtMs: number | null,
): StandingChange[] {
  const atMs =
    change.by === 'list' && known.length === 0 && registeredAtMs !== null
      ? Math.min(registeredAtMs, change.atMs)
      : change.atMs
  const before = known.filter((one) => one.atMs <= atMs).at(-1)
  if (before?.standing === change.standing) return [...known]
  const all = [...known, { ...change, atMs }]
  return all.sort((a, b) => a.atMs - b.atMs).filter((one, i) => one.standing !== all[i - 1]?.standing)
}

/** Whoever shows a gathering of these numbers reads its list anew, unless it had ended before anything changed. */
async function tellNumbers(
  trx: Database,
  installationId: string,
  numbers: readonly string[],
  sinceMs: number | null,
): Promise<void> {
  const concerned = await trx
    .selectFrom('gatherings as g')
    .select('g.id')
    .where('g.installation_id', '=', installationId)
    .where('g.id', 'in', (eb) => {
      const ids = eb
        .selectFrom('meetings as m')
        .select('m.gathering_id')
        .where('m.installation_id', '=', installationId)
        .where('m.number', 'in', numbers)
      if (sinceMs === null) return ids
      return ids.where((or) => or.or([or('m.ended_at_ms', 'is', null), or('m.ended_at_ms', '>=', sinceMs)]))
    })
    .orderBy('g.id')
    .forNoKeyUpdate()
    .execute()
  await tellReadAnew(
    trx,
    installationId,
    concerned.map(({ id }) => id),
  )
}

/** Who should have come to a gathering: the registrants of its meeting numbers as they stood when it ended. */
export function createExpectedLists({ db, vault }: Parts): ExpectedLists {
  return {
    async of({ installationId }, gatheringId) {
      if (!isUuid(gatheringId)) return null
      const meetings = await db
        .selectFrom('meetings')
        .select(['number', 'started_at_ms', 'ended_at_ms'])
        .where('installation_id', '=', installationId)
        .where('gathering_id', '=', gatheringId)
        .where('number', 'is not', null)
        .execute()
      const numbers = [...new Set(meetings.flatMap(({ number }) => number ?? []))]
      if (numbers.length === 0) return null
      const lists = await db
        .selectFrom('registrations')
        .selectAll()
        .where('installation_id', '=', installationId)
        .where('number', 'in', numbers)
        .execute()
      const rows = await db
        .selectFrom('registrants')
        .selectAll()
        .where('installation_id', '=', installationId)
        .where('number', 'in', numbers)
        .orderBy('registrant_key')
        .execute()
      const ended = meetings.map((one) => one.ended_at_ms)
      const asOfMs = ended.includes(null) ? Infinity : Math.max(...ended.map(Number))
      const starts = meetings.flatMap((one) => one.started_at_ms ?? [])
      if (rows.length === 0 && lists.every((list) => list.panelists === null)) return null
      const { data } = await vault.keysOf(installationId)
      const panelists = lists.flatMap((list) =>
        list.panelists === null
          ? []
          : (openJson(data, panelistsPlace(installationId, list.number), list.panelists) as PanelistTold[]),
      )
      const registrants = rows.flatMap((row): Registrant[] => {
        const { number, occurrence, registrant_key: key, occurrence_start_ms: plannedMs } = row
        const isOfThis = plannedMs === null || starts.some((ms) => Math.abs(ms - plannedMs) <= NEAR_MS)
        const last = row.changes.filter(({ atMs }) => atMs <= asOfMs).at(-1)
        if (!isOfThis || !last) return []
        const at = { installationId, number, occurrence, key }
        const told = openJson(data, registrantPlace(at), row.sealed) as RegistrantTold
        return [
          {
            ...{ id: key, registrantId: told.registrantId, name: told.name, email: told.email },
            ...{ standing: last.standing, cancelledBy: cancelledBy(last) },
            ...{ answers: told.answers, registeredAtMs: told.registeredAtMs, source: told.source },
          },
        ]
      })
      const readAtMs = lists.flatMap((list) => list.read_at_ms ?? [])
      const list: ExpectedList = {
        // Registration was opened after it, or is for other occurrences: then nobody says who should have come.
        registrants: registrants.length === 0 ? null : registrants,
        panelists,
        readAtMs: readAtMs.length === 0 ? null : Math.max(...readAtMs),
      }
      return list
    },
  }
}

const cancelledBy = ({ standing, by }: StandingChange): Registrant['cancelledBy'] =>
  standing !== 'cancelled' ? null : by === 'missing' ? 'missing' : 'message'
