import type { Request } from 'express'
import { foldText } from '../../shared/files/index.ts'
import {
  GatheringDetail,
  GatheringList,
  noReport,
  type GatheringItem,
  type Restart,
} from '../../shared/wire/index.ts'
import {
  mayRead,
  opensAtEnd,
  standingOf,
  type Directory,
  type History,
  type HistoryEntry,
  type HistoryPlace,
  type MemberViewer,
  type Restarts,
} from '../access/index.ts'
import { RollbookError } from '../errors.ts'
import { badQuery, queryInstant, queryText, readCursor, writeCursor } from './query.ts'
import { gatheringRoute, sessionRoute, type Route } from './route.ts'

const PAGE = 50
/** Topics are sealed, so a search opens them one by one: this many at a time, and at most so many a request. */
const OPENED_AT_ONCE = 500
const MOST_OPENED = 3_000

export interface HistoryRouteParts {
  directory: Directory
  history: History
  restarts: Restarts
  clock: () => number
}

/** What was recorded and who may still see it: the list of gatherings, and what stands above one of them. */
export function historyRoutes(parts: HistoryRouteParts): Route[] {
  return [
    sessionRoute({
      method: 'get',
      path: '/api/gatherings',
      summary: `Gatherings the viewer owns or proved to co-host, newest first, ${PAGE} a page.`,
      query: {
        search: `Part of a topic, or digits of the meeting number. A request opens at most ${MOST_OPENED} topics, so a page may hold fewer items, even none, and still have a \`nextCursor\`.`,
        from: 'Instant from which they started.',
        to: 'Instant before which they started.',
        cursor: 'The `nextCursor` of the page before.',
      },
      access: { who: 'session' },
      answer: GatheringList,
      handle: async (req, res, session) => {
        const wish = readWish(req, parts.clock())
        const viewers = await parts.directory.everywhere(session)
        res.set('Cache-Control', 'no-store').json(await listGatherings(parts.history, viewers, wish))
      },
    }),
    gatheringRoute({
      method: 'get',
      path: '/api/gatherings/:gathering',
      summary:
        'One gathering: how the viewer stands to it, what they may do, and restarts that belong to it.',
      access: { who: 'gathering', field: 'standing' },
      answer: GatheringDetail,
      handle: async (_req, res, { viewer, access, gatheringId }) => {
        const entry = await parts.history.one(viewer, gatheringId)
        if (entry === null) throw new RollbookError('not_found', 'This gathering is not there any more.')
        const mayManage = mayRead(viewer, access, 'manage')
        const restarts = mayManage ? await parts.restarts.of(viewer, gatheringId) : []
        const detail: GatheringDetail = {
          ...toItem({ ...entry, viewer, access }),
          mayReadEmails: mayRead(viewer, access, 'emails'),
          mayExport: mayRead(viewer, access, 'export'),
          mayManage,
          restarts: restarts.map(({ startedAtMs, endedAtMs, ...restart }): Restart => ({
            ...restart,
            startedAt: isoOrNull(startedAtMs),
            endedAt: isoOrNull(endedAtMs),
          })),
        }
        res.set('Cache-Control', 'no-store').json(detail)
      },
    }),
  ]
}

interface Wish {
  search: string
  fromMs: number | null
  toMs: number | null
  after: HistoryPlace | null
}

function readWish(req: Request, nowMs: number): Wish {
  const fromMs = queryInstant(req, 'from')
  const toMs = queryInstant(req, 'to')
  if (fromMs !== null && fromMs > nowMs) throw badQuery('from', 'This period has not begun yet.')
  if (fromMs !== null && toMs !== null && toMs <= fromMs) throw badQuery('to', 'It must be after `from`.')
  const place = readCursor(req, isPlace)
  return {
    search: foldText((queryText(req, 'search') ?? '').trim()),
    fromMs,
    toMs,
    after: place === null ? null : { atMs: place[0], id: place[1] },
  }
}

async function listGatherings(
  history: History,
  viewers: MemberViewer[],
  { search, fromMs, toMs, after: start }: Wish,
): Promise<GatheringList> {
  const items: GatheringItem[] = []
  let after = start
  for (let opened = 0; ;) {
    const limit = search === '' ? PAGE + 1 : OPENED_AT_ONCE
    const entries = await history.page(viewers, { fromMs, toMs, after, limit })
    for (const entry of entries) {
      if (items.length === PAGE) return { items, nextCursor: cursorAfter(after) }
      const item = toItem(entry)
      if (matches(item, search)) items.push(item)
      after = entry.place
    }
    opened += entries.length
    if (entries.length < limit) return { items, nextCursor: null }
    if (opened >= MOST_OPENED) return { items, nextCursor: cursorAfter(after) }
  }
}

/** Only what the viewer sees is searched: a topic or number they may not read finds nothing. */
function matches({ topic, number }: GatheringItem, search: string): boolean {
  if (search === '' || (topic !== null && foldText(topic).includes(search))) return true
  const digits = /^[\d\s-]+$/.test(search) ? search.replaceAll(/[\s-]/g, '') : ''
  return digits !== '' && number?.includes(digits) === true
}

/** Without standing the line says that there is a gathering, and when: nothing of its people, and nothing to find it by. */
function toItem({ viewer, access, ...entry }: HistoryEntry): GatheringItem {
  const standing = standingOf(viewer, access)
  const mayKnow = standing !== 'none'
  // A running one is counted by its live list alone. Of one that only panels recorded Zoom tells no end, and it is counted
  // once they told it.
  const isCounted = entry.endedAtMs !== null || access.capture === 'panel_only'
  return {
    id: access.gatheringId,
    topic: mayKnow ? entry.topic : null,
    number: mayKnow ? entry.number : null,
    kind: entry.kind,
    capture: access.capture,
    startedAt: isoOrNull(entry.startedAtMs),
    endedAt: isoOrNull(entry.endedAtMs),
    came: mayKnow && isCounted ? entry.came : null,
    report: mayKnow ? entry.report : { ...noReport, state: entry.report.state },
    standing,
    opensAtEnd: opensAtEnd(viewer, access),
    request: access.request,
  }
}

const cursorAfter = (place: HistoryPlace | null): string | null =>
  place === null ? null : writeCursor([place.atMs, place.id])

const isPlace = (value: unknown): value is [number, string] =>
  Array.isArray(value) &&
  value.length === 2 &&
  Number.isSafeInteger(value[0]) &&
  typeof value[1] === 'string' &&
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value[1])

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())
