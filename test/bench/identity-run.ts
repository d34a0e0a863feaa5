/**
 * One measured run, a process of its own: `identity-run.ts PEOPLE ladder|plain|link` writes its figures as JSON. `ladder`: people of
 * connections, everybody's presence, and 500 corrections on top; `link`: the same with everybody behind one registration; `plain`:
 * the same segments grouped by a key and added up.
 */
import { correct, presenceAt, type Connection, type Correction } from '../../shared/attendance/index.ts'
import { recordOf } from '../../shared/attendance/connections/connection.ts'
import { createPeopleIndex } from '../../shared/attendance/identity/people-index.ts'

const START_MS = Date.UTC(2026, 2, 12, 13, 0)
const [count = '100000', what = 'ladder'] = process.argv.slice(2)

const connections = crowd(Number(count))
const heapBeforeMb = heapMb()
const [startedMs, startedCpu] = [performance.now(), process.cpuUsage()]
const figures = what === 'plain' ? plain() : ladder()
const cpu = process.cpuUsage(startedCpu)
console.log(
  JSON.stringify({
    ...figures,
    totalMs: performance.now() - startedMs,
    cpuMs: (cpu.user + cpu.system) / 1_000,
    connections: connections.length,
    segments: connections.reduce((sum, { segments }) => sum + segments.length, 0),
    crowdMb: heapBeforeMb,
    peakMb: (process.resourceUsage().maxRSS * 1024) / 1e6,
  }),
)

function ladder() {
  const index = createPeopleIndex()
  index.replace({ derived: connections.map(recordOf), removed: [] })
  const people = index.people()
  const foundMs = performance.now()
  let presentSeconds = 0
  for (const person of people) presentSeconds += presenceAt(person, START_MS + 7_200_000).presentSeconds
  const presenceMs = performance.now() - foundMs
  const corrections = Array.from({ length: 500 }, (_, i): Correction => ({
    seq: i,
    act: { kind: 'merge', connections: [keyAt(i * 20), keyAt(i * 20 + 5)] },
  }))
  const first = correct(people, corrections)
  const correctedMs = performance.now()
  correct(people, corrections, first.people)
  return { people: people.length, presentSeconds, presenceMs, correctMs: performance.now() - correctedMs }
}

function keyAt(person: number): string {
  return `bench|p:${person}-0`
}

/** What merely collecting costs: seconds by the first key at hand, else the name. */
function plain() {
  const groups = new Map<string, number>()
  for (const { strong, names, segments } of connections) {
    const key = strong.zoomUserIds[0] ?? strong.emails[0] ?? names[0]?.name ?? ''
    const seconds = segments.reduce((sum, { fromMs, toMs }) => sum + ((toMs ?? fromMs) - fromMs) / 1_000, 0)
    groups.set(key, (groups.get(key) ?? 0) + seconds)
  }
  return { people: groups.size }
}

/**
 * Two and a half segments for each person, every other one with a second device: three of five by their Zoom account, one of
 * five by e-mail, one by name alone, phones without a name among them, and now and then two behind one registration.
 */
function crowd(people: number): Connection[] {
  const all: Connection[] = []
  for (let person = 0; person < people; person++) {
    const devices = (person % 2) + 1
    for (let device = 0; device < devices; device++) all.push(connection(person, device))
  }
  return all
}

function connection(person: number, device: number): Connection {
  const of = `${person}-${device}`
  const fromMs = START_MS + (person % 1_800) * 1_000 + device * 60_000
  const segment = (n: number) => ({
    key: `s:${of}-${n}`,
    place: n === 0 ? { kind: 'main' as const } : { kind: 'breakout' as const, room: 'A' },
    ...{ fromMs: fromMs + n * 1_800_000, from: 'known' as const },
    ...{ toMs: fromMs + (n + 1) * 1_800_000, to: 'known' as const },
  })
  const by = person % 5
  const isPhone = device === 1 || person % 20 === 19
  return {
    id: `bench|p:${of}`,
    meeting: 'bench',
    keys: [`bench|p:${of}`, `bench|s:${of}`],
    segments: device === 0 ? [segment(0), segment(1)] : [segment(0)],
    names: [{ name: isPhone ? 'iPhone' : `Person ${person} of the crowd`, fromMs }],
    strong: {
      zoomUserIds: by < 3 ? [`user-${person}`] : [],
      registrantIds: registrantsOf(person),
      emails: by === 3 ? [`person-${person}@example.test`] : [],
      ...{ phones: [], bonds: [] },
    },
    roles: [],
    witnesses: ['webhook'],
  }
}

function registrantsOf(person: number): string[] {
  if (what === 'link') return ['registrant']
  return person % 1_000 < 2 ? [`registrant-${Math.floor(person / 1_000)}`] : []
}

function heapMb(): number {
  return process.memoryUsage().heapUsed / 1e6
}
