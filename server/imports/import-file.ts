import type { ImportAnswer, ImportOptions } from '../../shared/wire/index.ts'
import { RollbookError } from '../errors.ts'
import { countPeople } from './count-people.ts'
import { candidatesFor, matchOf, NEAR_MS } from './match.ts'
import type {
  BegunImport,
  EvidenceSource,
  FiledMeeting,
  Importer,
  Imports,
  ImportTarget,
  KnownMeeting,
} from './ports.ts'
import type { Reading } from './read-upload.ts'

export interface ImportParts {
  imports: Imports
  evidence: EvidenceSource
  reader: { read(bytes: Uint8Array, options: ImportOptions): Promise<Reading> }
  clock: () => number
}

/**
 * Makes evidence of a file. Whatever happens in the middle, the same file handed in again ends at the same evidence; handed
 * in twice it changes nothing.
 *
 * @throws RollbookError as `Reading`; conflict when a chosen gathering is not one of that time
 */
export async function importFile(
  parts: ImportParts,
  by: Importer,
  bytes: Uint8Array,
  options: ImportOptions,
): Promise<ImportAnswer> {
  const { imports, clock } = parts
  const { installationId } = by
  const reading = await parts.reader.read(bytes, options)
  const places = await placesOf(parts, installationId, reading, options)

  const said = `${reading.digest} ${chosenText(options)}`
  const { id, outcome } = await imports.begin(by, {
    ...{ hash: reading.hash, rows: reading.rows, atMs: clock() },
    ...{ reading: said, name: options.name },
  })
  const begun = { id, hash: reading.hash, reading: said }
  const targets =
    outcome === 'known' ? [] : await openAll(imports, installationId, begun, reading.meetings, places)
  let added = 0
  if (outcome !== 'known') {
    await reading.facts(
      targets.map((target) => target?.meetingUuid ?? null),
      async (facts) => {
        const byMeeting = new Map<string, (typeof facts)[number]['fact'][]>()
        for (const { meeting, fact } of facts) {
          const meetingId = targets[meeting]?.meetingId
          if (meetingId === undefined) continue
          const list = byMeeting.get(meetingId)
          if (list) list.push(fact)
          else byMeeting.set(meetingId, [fact])
        }
        await imports.append(
          installationId,
          begun,
          [...byMeeting].map(([meetingId, list]) => ({ meetingId, facts: list })),
        )
        added += facts.filter(({ fact }) => fact.kind === 'import_row').length
      },
    )
    await imports.finish(by, id, {
      atMs: clock(),
      detail: {
        ...{ file: reading.hash.slice(0, 8), rows: reading.rows, withoutTimes: reading.withoutTimes },
        meetings: targets.filter((target) => target !== null).length,
      },
    })
  }
  const gatherings = await gatheringsOf(imports, installationId, reading, targets)
  const isKnown = outcome === 'known'
  const people = await countPeople(parts.evidence, installationId, gatherings, reading.hash, isKnown)
  return {
    id,
    outcome: outcome === 'new' ? 'imported' : outcome,
    rows: {
      ...{ read: reading.rows, added, known: reading.rows - added },
      withoutTimes: reading.withoutTimes,
    },
    people,
    gatherings,
  }
}

type Places = (KnownMeeting | null)[]

async function placesOf(
  { imports }: ImportParts,
  installationId: string,
  { meetings }: Reading,
  { into }: ImportOptions,
): Promise<Places> {
  const timed = meetings.filter((meeting) => meeting !== null)
  const known = await imports.around(
    installationId,
    timed.reduce((least, { startedAtMs }) => Math.min(least, startedAtMs), Infinity) - NEAR_MS,
    timed.reduce((most, { endedAtMs }) => Math.max(most, endedAtMs), -Infinity) + NEAR_MS,
  )
  const chosen = new Map(into.map(({ meeting, gatheringId }) => [meeting, gatheringId]))
  return meetings.map((meeting, index) => {
    if (meeting === null) return null
    const wanted = chosen.get(index)
    if (wanted === undefined || meeting.number !== null) return matchOf(meeting, known)
    const found = candidatesFor(meeting, known).find(({ gatheringId }) => gatheringId === wanted)
    if (found) return found
    throw new RollbookError(
      'conflict',
      'A gathering chosen for a meeting of this file is not of that time, or not there any more. Look at the preview again.',
    )
  })
}

const chosenText = ({ into }: ImportOptions): string =>
  into
    .map(({ meeting, gatheringId }) => `${meeting}:${gatheringId}`)
    .sort()
    .join(' ')

async function openAll(
  imports: Imports,
  installationId: string,
  begun: BegunImport,
  meetings: readonly (FiledMeeting | null)[],
  places: Places,
): Promise<(ImportTarget | null)[]> {
  const targets: (ImportTarget | null)[] = []
  for (const [index, meeting] of meetings.entries()) {
    const place = places[index] ?? null
    if (meeting === null) targets.push(null)
    else
      targets.push(
        (place && (await imports.learn(installationId, begun, index, place.meetingId, meeting))) ??
          (await imports.ensureMeeting(installationId, begun, index, meeting)),
      )
  }
  return targets
}

/** Of a file imported before, where its facts lie. */
async function gatheringsOf(
  imports: Imports,
  installationId: string,
  { hash }: Reading,
  targets: readonly (ImportTarget | null)[],
): Promise<ImportAnswer['gatherings']> {
  const record = await imports.ofFile(installationId, hash)
  const made = new Set(targets.flatMap((target) => (target?.isNew ? target.gatheringId : [])))
  const inOrder = new Set([
    ...targets.flatMap((target) => target?.gatheringId ?? []),
    ...(record?.gatheringIds ?? []),
  ])
  return [...inOrder].map((gatheringId) => ({ gatheringId, isNew: made.has(gatheringId) }))
}
