import { correct, createFold, summarise } from '../../shared/attendance/index.ts'
import type { Corrections } from './host-ports.ts'
import { countingOf } from './host-word.ts'
import type { DueCount, EvidenceReader, HeadCounts } from './ports.ts'

export interface HeadCountParts {
  counts: HeadCounts
  evidence: Pick<EvidenceReader, 'since'>
  corrections: Pick<Corrections, 'of'>
  clock: () => number
}

const FACTS_A_PAGE = 5_000
/** Folding a gathering of a hundred thousand connections takes seconds; a process that is silent for longer is gone. */
const LEASE_MS = 120_000

/**
 * Counts who came to gatherings that are over, one at a time, so that lists of gatherings need no fold of their own; as the due
 * loop wants it. `stop`: the count under way is left to the next process.
 */
export function createHeadCountWork({ counts, evidence, corrections, clock }: HeadCountParts) {
  let stopping = false
  let counting = false

  async function countDue(): Promise<number> {
    let taken = 0
    while (!stopping) {
      const due = await counts.take(clock(), LEASE_MS)
      if (due === null) break
      taken += 1
      const came = await cameTo(due)
      // Grown, joined or split meanwhile, it is due again, and nothing was written.
      if (came !== null) await counts.note(due, came)
    }
    return taken
  }

  /** Null when the process stops meanwhile. */
  async function cameTo({ installationId, gatheringId }: DueCount): Promise<number | null> {
    const viewer = { kind: 'system', installationId, purpose: 'head_count' } as const
    const fold = createFold()
    for (let seq = 0; !stopping;) {
      const page = await evidence.since(viewer, gatheringId, seq, FACTS_A_PAGE)
      fold.add(page.map(({ fact }) => fact))
      seq = page.at(-1)?.seq ?? seq
      if (page.length < FACTS_A_PAGE) {
        const said = countingOf({ corrections: await corrections.of(viewer, gatheringId) })
        const nowMs = clock()
        return summarise(correct(fold.people(), said).people, Math.max(nowMs, fold.latestMs ?? nowMs)).came
      }
    }
    return null
  }

  return {
    name: 'head counts',
    async runDue(): Promise<number> {
      // Many may be due at once, as after an update; one fold at a time leaves the process to those who look.
      if (counting) return 0
      counting = true
      try {
        return await countDue()
      } finally {
        counting = false
      }
    },
    stop(): void {
      stopping = true
    },
  }
}
