import { shareOf } from '../../shared/attendance/index.ts'
import type {
  Difference,
  DifferenceList,
  GatheringDetail,
  GatheringHead,
  GatheringItem,
  GatheringList,
  PersonRow,
  ReportStatus,
  RosterSnapshot,
} from '../../shared/wire/index.ts'
import { noReport } from '../../shared/wire/report.ts'
import { inside } from '../../client/models/curve.ts'
import { at, head, lesson, person, snapshot } from './people.ts'

/** What the little server knows of the past; a test changes it at any time. */
export interface Past {
  gatherings: GatheringDetail[]
  /** Lists by gathering; one that is missing answers the live list. */
  rosters: Map<string, RosterSnapshot>
  differences: Difference[]
  unchanged: number
  pageSize: number
  /** Of how many gatherings a search looks at the topics for one page. */
  opensAtOnce: number
  /** The answer to having the report asked for out of turn. */
  retried: { status: 200 | 202; body: ReportStatus }
  /** A problem code instead of every answer about the past. */
  refuse: string | null
}

export const final: ReportStatus = { ...noReport, state: 'final', fetchedAt: at(118) }
export const provisional: ReportStatus = {
  ...noReport,
  state: 'waiting',
  reason: 'not_ready',
  nextTryAt: at(123),
}

/** A gathering of the host's own, held on the day of the lesson unless given otherwise. */
export function gathering(id: string, given: Partial<GatheringDetail> = {}): GatheringDetail {
  return {
    id,
    topic: `Lesson ${id}`,
    number: '84668902623',
    kind: 'meeting',
    capture: 'full',
    startedAt: at(0),
    endedAt: at(108),
    came: 41,
    report: final,
    standing: 'owner',
    request: 'none',
    opensAtEnd: false,
    mayReadEmails: true,
    mayExport: true,
    mayManage: true,
    restarts: [],
    ...given,
  }
}

/** The lesson once it is over: everybody has left, and the report stands where it is told to. */
export function overRoster(id: string, report: ReportStatus): RosterSnapshot {
  const people = sharesOf([
    ...lesson().map((row) => ({
      ...row,
      state: 'left' as const,
      connectionsNow: 0,
      lastLeave: row.lastLeave ?? at(108),
      stays: row.stays.map((stay) => ({ ...stay, to: stay.to ?? at(108) })),
    })),
    person('pavel', {
      name: 'Pavel R.',
      state: 'left',
      connectionsNow: 0,
      firstJoin: at(20),
      lastLeave: at(90),
      presentSeconds: 70 * 60,
      stays: [{ place: 'main', from: at(20), fromSeen: false, to: at(90) }],
      seenLiveOnly: report.state === 'final' || report.state === 'final_with_gaps',
    }),
  ])
  return snapshot(people, {
    at: at(110),
    gathering: head({ id, topic: 'Project management, lesson 3', endedAt: at(108), report, base }),
  })
}

/** The lesson of these tests as it was: 18:04–19:52. */
const base: GatheringHead['base'] = {
  kind: 'actual',
  spans: [{ from: at(0), to: at(108) }],
  seconds: 108 * 60,
}

/** How everybody stands to 75 % of the lesson, as a server would tell it. */
function sharesOf(people: PersonRow[]): PersonRow[] {
  const bases = [{ meeting: 0, spans: [{ fromMs: Date.parse(at(0)), toMs: Date.parse(at(108)) }] }]
  return people.map((row) => {
    const stays = inside(row, Date.parse(at(108)))
    if (stays.length === 0) return row
    const seconds = stays.reduce((sum, stay) => sum + (stay.toMs - stay.fromMs) / 1000, 0)
    const share = shareOf({ meetings: [{ meeting: 0, stays }] }, bases)
    return { ...row, presentSeconds: seconds, share, meetsMinimum: share !== null && share >= 0.75 }
  })
}

/** One of every standing a line of the history can have. */
export function somePast(): Past {
  const day = 24 * 60
  const held = (days: number) => ({ startedAt: at(-days * day), endedAt: at(-days * day + 95) })
  const gatherings = [
    gathering('h1', { topic: 'Project management, lesson 3', report: provisional }),
    gathering('h2', {
      topic: 'Quality and risk: what to do when the plan meets the world',
      ...held(2),
      came: 28,
    }),
    gathering('h3', {
      topic: 'Управление проектами, занятие 2',
      ...held(7),
      came: 1204,
      standing: 'cohost',
      mayManage: false,
      report: { ...final, state: 'final_with_gaps', gaps: [{ code: 'seen_live_missing', count: 2 }] },
    }),
    gathering('h4', {
      topic: null,
      ...held(20),
      came: null,
      standing: 'none',
      report: noReport,
      mayReadEmails: false,
      mayExport: false,
      mayManage: false,
    }),
    gathering('h5', {
      topic: 'Office hours',
      ...held(27),
      came: 1,
      report: { ...noReport, state: 'unavailable', reason: 'one_person' },
    }),
    gathering('h6', { topic: null, ...held(33), came: 12 }),
  ]
  return {
    gatherings,
    rosters: new Map(gatherings.map(({ id, report }) => [id, overRoster(id, report)])),
    differences: someDifferences(),
    unchanged: 31,
    pageSize: 100,
    opensAtOnce: 10_000,
    retried: { status: 202, body: { ...provisional, reason: null, nextTryAt: at(115) } },
    refuse: null,
  }
}

export function manyGatherings(size: number): GatheringDetail[] {
  return Array.from({ length: size }, (_, index) =>
    gathering(`m${index}`, {
      topic: `Lesson ${size - index}`,
      startedAt: at(-index * 24 * 60),
      endedAt: at(-index * 24 * 60 + 90),
    }),
  )
}

export function someDifferences(): Difference[] {
  const one = (
    kind: Difference['kind'],
    name: string,
    live: number | null,
    now: number,
    names: string[] = [],
  ) => ({
    kind,
    personId: name,
    name,
    names,
    liveSeconds: live,
    seconds: now,
  })
  return [
    one('minutes_changed', 'Anna S.', 35 * 60, 38 * 60),
    one('minutes_changed', 'Denis M.', 84 * 60, 82 * 60),
    one('minutes_changed', 'Ольга П.', 44 * 60, 44 * 60 + 40),
    one('added', 'Sergey T.', null, 12 * 60),
    one('not_in_report', 'Pavel R.', 70 * 60, 70 * 60),
    one('merged', 'Maria L.', 31 * 60, 93 * 60, ['iPhone', 'Maria L.']),
    one('split', 'Alex', 90 * 60, 45 * 60, ['Alex', 'Alex B.']),
  ]
}

interface Answer {
  status: number
  body: object | null
}

/** What the server says about the past; null for what is not about it. */
export function answerPast(past: Past, method: string, url: URL, body: unknown): Answer | null {
  const [, , api, id, act] = url.pathname.split('/')
  if (api !== 'gatherings') return null
  if (
    act !== undefined &&
    ['live', 'roster', 'observations', 'exports', 'clipboard', 'own-line'].includes(act)
  )
    return null
  if (past.refuse !== null) return { status: 503, body: { code: past.refuse } }
  if (id === undefined) return { status: 200, body: historyPage(past, url.searchParams) }
  const found = past.gatherings.find((one) => one.id === id)
  if (found === undefined) return { status: 404, body: { code: 'not_found' } }
  if (method === 'POST') {
    changeGathering(found, url.pathname.split('/').slice(4).join('/'), body as { otherId?: string })
    if (act === 'split') return { status: 200, body: { gatheringId: 'apart' } }
    return act === 'report' ? past.retried : { status: 204, body: null }
  }
  if (act === 'differences') return { status: 200, body: differencePage(past, url.searchParams) }
  return { status: 200, body: found }
}

function changeGathering(gathering: GatheringDetail, act: string, body: { otherId?: string }): void {
  const { restarts } = gathering
  if (act === 'joined')
    gathering.restarts =
      restarts.length === 0
        ? [{ state: 'joined', otherId: 'second', startedAt: null, endedAt: null, gapSeconds: 240 }]
        : restarts.map((one) => (one.otherId === body.otherId ? { ...one, state: 'joined' } : one))
  if (act === 'kept-apart') gathering.restarts = restarts.filter(({ otherId }) => otherId !== body.otherId)
  if (act === 'split') gathering.restarts = []
  if (act === 'access-requests') gathering.request = 'pending'
}

function historyPage(past: Past, query: URLSearchParams): GatheringList {
  const search = (query.get('search') ?? '').toLowerCase()
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? '9']
  if (search !== '') {
    const looked = page(past.gatherings.map(itemOf), query, past.opensAtOnce)
    return { ...looked, items: looked.items.filter(({ topic }) => topic?.toLowerCase().includes(search)) }
  }
  const fitting = past.gatherings.filter(
    ({ startedAt }) => (startedAt ?? '') >= from && (startedAt ?? '') < to,
  )
  return page(fitting.map(itemOf), query, past.pageSize)
}

function differencePage(past: Past, query: URLSearchParams): DifferenceList {
  const count = (kind: Difference['kind']) => past.differences.filter((one) => one.kind === kind).length
  const search = (query.get('search') ?? '').toLowerCase()
  const kind = query.get('kind')
  const fitting = past.differences.filter(
    (one) => (kind === null || one.kind === kind) && one.name.toLowerCase().includes(search),
  )
  return {
    ...page(fitting, query, past.pageSize),
    counts: {
      added: count('added'),
      minutes_changed: count('minutes_changed'),
      not_in_report: count('not_in_report'),
      merged: count('merged'),
      split: count('split'),
      unchanged: past.unchanged,
    },
  }
}

function page<Item>(
  all: Item[],
  query: URLSearchParams,
  size: number,
): { items: Item[]; nextCursor: string | null } {
  const start = Number(query.get('cursor') ?? 0)
  const end = start + size
  return { items: all.slice(start, end), nextCursor: end < all.length ? String(end) : null }
}

function itemOf(gathering: GatheringDetail): GatheringItem {
  const {
    mayReadEmails: _emails,
    mayExport: _export,
    mayManage: _manage,
    restarts: _restarts,
    ...item
  } = gathering
  return item
}
