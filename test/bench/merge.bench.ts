import { createFold, derive, summarise, type Fact } from '../../shared/attendance/index.ts'

const PEOPLE = 10_000
/** When the storm of `storm` begins, epoch ms. */
export const STORM_START_MS = Date.UTC(2026, 2, 12, 13, 0)

/**
 * The fold of 10,000 people and 50,000 events, beside a plain grouping of the same events by participant uuid in the
 * same run: what the rules cost over merely collecting. Times are the median of five runs, in milliseconds.
 */
export async function mergeBench(): Promise<{ name: string; figures: Record<string, number | string> }> {
  const facts = storm()
  const groupMs = median(() => void groupByUuid(facts))
  const foldMs = median(() => void derive(facts).people.length)

  const beforeMb = await heapMb()
  const fold = createFold()
  fold.add(facts)
  const people = fold.people()
  const heldMb = (await heapMb()) - beforeMb
  const sum = summarise(people, STORM_START_MS + 7_200_000)

  return {
    name: 'merge of 10,000 people and 50,000 events',
    figures: {
      people: people.length,
      events: facts.length,
      certain: sum.certain,
      foldMs: round(foldMs),
      groupingMs: round(groupMs),
      ratio: round(foldMs / groupMs),
      eventsPerSecond: Math.round(facts.length / (foldMs / 1_000)),
      heldMb: round(heldMb),
      oneMoreEventMs: oneMoreEvent(fold),
    },
  }
}

/** Five events a person: join, left, rejoin, left, and a change of role, with an account for half of them. */
export function storm(): Fact[] {
  const facts: Fact[] = []
  for (let person = 0; person < PEOPLE; person++) {
    const joinMs = STORM_START_MS + (person % 600) * 1_000
    const uuid = `00000000-0000-4000-8000-${String(person).padStart(12, '0')}`
    const about = (row: number) => ({
      meeting: 'bench',
      witness: 'webhook' as const,
      ref: { segmentId: String(16_000_000 + person * 8 + row), participantUuid: uuid, parentSegmentId: null },
      name: `Person ${person} of the storm`,
      keys: {
        zoomUserId: person % 2 === 0 ? `user-${person}` : null,
        registrantId: null,
        email: null,
        phone: null,
      },
    })
    const main = { kind: 'main' as const }
    facts.push(
      { ...about(0), key: `${person} a`, kind: 'participant_joined', place: main, atMs: joinMs },
      { ...about(0), key: `${person} b`, kind: 'participant_left', place: main, atMs: joinMs + 1_200_000 },
      { ...about(1), key: `${person} c`, kind: 'participant_joined', place: main, atMs: joinMs + 1_290_000 },
      {
        ...about(1),
        key: `${person} d`,
        kind: 'role_changed',
        oldRole: 'attendee',
        newRole: person % 1_000 === 0 ? 'cohost' : 'attendee',
        atMs: joinMs + 1_300_000,
      },
      { ...about(1), key: `${person} e`, kind: 'participant_left', place: main, atMs: joinMs + 3_600_000 },
    )
  }
  return facts.sort((a, b) => a.atMs - b.atMs)
}

/** The baseline: facts by participant uuid, else by segment id. */
export function groupByUuid(facts: readonly Fact[]): Map<string, Fact[]> {
  const groups = new Map<string, Fact[]>()
  for (const fact of facts) {
    const uuid = 'ref' in fact ? (fact.ref.participantUuid ?? fact.ref.segmentId ?? '') : ''
    const group = groups.get(uuid)
    if (group) group.push(fact)
    else groups.set(uuid, [fact])
  }
  return groups
}

/** What one webhook costs a list of ten thousand that is already folded: mean of 1,000 changes taken one by one. */
function oneMoreEvent(fold: ReturnType<typeof createFold>): number {
  const main = { kind: 'main' as const }
  const startedMs = performance.now()
  for (let i = 0; i < 1_000; i++) {
    fold.add([
      {
        key: `late ${i}`,
        meeting: 'bench',
        witness: 'webhook',
        kind: 'participant_joined',
        place: main,
        ref: { segmentId: `late ${i}`, participantUuid: `late ${i}`, parentSegmentId: null },
        name: `Late ${i}`,
        keys: { zoomUserId: null, registrantId: null, email: null, phone: null },
        atMs: STORM_START_MS + 3_000_000 + i,
      },
    ])
    fold.takeChanges()
  }
  return round((performance.now() - startedMs) / 1_000)
}

function median(run: () => void): number {
  const times = [1, 2, 3, 4, 5].map(() => {
    const startedMs = performance.now()
    run()
    return performance.now() - startedMs
  })
  return times.sort((a, b) => a - b)[2] ?? 0
}

/** Heap in use; exact when the process was started with --expose-gc, else after whatever was collected. */
export async function heapMb(): Promise<number> {
  globalThis.gc?.()
  await new Promise((resolve) => setTimeout(resolve, 20))
  return process.memoryUsage().heapUsed / 1_048_576
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000
