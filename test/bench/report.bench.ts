import { createFold, type Fact, type StrongKeys } from '../../shared/attendance/index.ts'
import { groupByUuid, heapMb, storm, STORM_START_MS } from './merge.bench.ts'
import type { Line } from './line.ts'

const ROWS = 100_000
const PAGE = 5_000
const none: StrongKeys = { zoomUserId: null, registrantId: null, email: null, phone: null }

/**
 * The official list of 100,000 rows on top of 10,000 people the webhooks told of, added in pages as storage hands it over:
 * from the first page to the people everybody is then. Beside it, in the same run, a plain grouping of the same facts.
 */
export async function reportBench(): Promise<Line[]> {
  const live = storm()
  const rows = longList()
  const beforeMb = await heapMb()

  const fold = createFold()
  fold.add(live)
  const before = fold.people().length
  let peakMb = 0
  const timed = (run: () => void): number => {
    const startedMs = performance.now()
    run()
    peakMb = Math.max(peakMb, process.memoryUsage().heapUsed / 1_048_576 - beforeMb)
    return performance.now() - startedMs
  }
  const pagesMs = timed(() => {
    for (let at = 0; at < rows.length; at += PAGE) fold.add(rows.slice(at, at + PAGE))
  })
  const countsMs = timed(() => {
    fold.add([theEnd])
    fold.people()
  })
  const groupMs = timed(() => void groupByUuid([...live, ...rows]))
  console.log(
    `report of ${ROWS} rows: pages ${pagesMs.toFixed(0)} ms, counting ${countsMs.toFixed(0)} ms, ` +
      `peak heap over the start ${peakMb.toFixed(0)} MB, people ${before} → ${fold.people().length}`,
  )
  return [
    {
      ...{ what: 'report of 100,000 rows into 10,000 people', unit: 'ms', ours: pagesMs + countsMs },
      ...{ baseline: groupMs, against: 'grouping them by id' },
    },
  ]
}

const theEnd: Fact = {
  ...{ key: 'list', meeting: 'bench', witness: 'report', kind: 'report_batch', batch: 'list' },
  ...{ atMs: STORM_START_MS + 9e6, declared: ROWS, digest: 'd', sameAs: null, refusal: null },
}

/**
 * Ten rows for every person the webhooks told of: the two they told, stays in breakout rooms under ids nobody told, and
 * strangers, a tenth of them under a device's name.
 */
function longList(): Fact[] {
  return Array.from({ length: ROWS }, (_, i): Fact => {
    const [person, part] = [Math.floor(i / 10), i % 10]
    const known = part < 2
    const fromMs = STORM_START_MS + (person % 600) * 1_000 + part * 300_000
    return {
      ...{ key: `list/${i}`, meeting: 'bench', witness: 'report', kind: 'report_row', batch: 'list' },
      ...{ atMs: fromMs, leftMs: fromMs + 299_000, reportedSeconds: 299 },
      place: part % 2 === 0 ? { kind: 'main' } : { kind: 'breakout', room: `${part}` },
      ref: {
        segmentId: known ? String(16_000_000 + person * 8 + part) : String(17_000_000 + i),
        ...{ participantUuid: null, parentSegmentId: null },
      },
      name: part > 7 && person % 10 === 0 ? 'iPhone' : `Person ${person} of the storm`,
      keys: { ...none, zoomUserId: known && person % 2 === 0 ? `user-${person}` : null },
    }
  })
}
