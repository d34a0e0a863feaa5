import type {
  ImportAnswer,
  ImportList,
  ImportOptions,
  ImportPreview,
  ImportPreviewRequest,
  RosterSnapshot,
} from '../../../shared/wire/index.ts'
import type { TestServer } from '../../support/server.ts'

const MINUTE_MS = 60_000

export interface CsvRow {
  name: string
  email?: string
  fromMs: number
  toMs: number
}

/** An export of one meeting as Zoom's portal writes it, with times of the clock on the wall in `zone`. */
export function exportOf(
  meeting: { number: string; topic?: string; startMs: number; endMs: number },
  rows: readonly CsvRow[],
  zone = 'UTC',
): string {
  const at = (ms: number): string => stamp(ms, zone)
  const minutes = (fromMs: number, toMs: number): number => Math.ceil((toMs - fromMs) / MINUTE_MS)
  const { number, topic = 'Lesson 4', startMs, endMs } = meeting
  const grouped = number.replace(/(\d{3})(\d{4})(\d+)/, '$1 $2 $3')
  return [
    'Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants',
    `${grouped},${topic},${at(startMs)},${at(endMs)},elena@school.example,${minutes(startMs, endMs)},${rows.length}`,
    '',
    'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room',
    ...rows.map(
      ({ name, email = '', fromMs, toMs }) =>
        `${name},${email},${at(fromMs)},${at(toMs)},${minutes(fromMs, toMs)},No,Yes,No`,
    ),
    '',
  ].join('\r\n')
}

/** Making one takes longer than using it, and large files have a million times. */
const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(zone: string): Intl.DateTimeFormat {
  const made = clocks.get(zone)
  if (made) return made
  const clock = new Intl.DateTimeFormat('en-US', {
    ...({ timeZone: zone, hourCycle: 'h12', year: 'numeric', month: '2-digit', day: '2-digit' } as const),
    ...({ hour: '2-digit', minute: '2-digit', second: '2-digit' } as const),
  })
  clocks.set(zone, clock)
  return clock
}

function stamp(ms: number, zone: string): string {
  const parts = clockOf(zone).formatToParts(ms)
  const said = Object.fromEntries(parts.map(({ type, value }) => [type, value]))
  return `${said['month']}/${said['day']}/${said['year']} ${said['hour']}:${said['minute']}:${said['second']} ${said['dayPeriod']}`
}

export const usual: ImportOptions = {
  ...{ name: 'participants.csv', zone: 'UTC', dates: null, columns: null, confirmed: false, into: [] },
}

/** The file as the panel sends it. */
export function handIn(
  server: TestServer,
  token: string | null,
  file: string | Uint8Array,
  options: Partial<ImportOptions> = {},
): Promise<Response> {
  return fetch(`${server.url}/api/imports`, {
    method: 'POST',
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      'content-type': 'application/octet-stream',
      'rollbook-import': encodeURIComponent(JSON.stringify({ ...usual, ...options })),
    },
    body: typeof file === 'string' ? new TextEncoder().encode(file) : new Uint8Array(file),
  })
}

/** Hands a file in, and expects it to be taken. */
export async function imported(...call: Parameters<typeof handIn>): Promise<ImportAnswer> {
  const answer = await handIn(...call)
  if (!answer.ok) throw new Error(`Not imported: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as ImportAnswer
}

export async function preview(
  server: TestServer,
  token: string,
  request: ImportPreviewRequest,
): Promise<ImportPreview> {
  const answer = await server.call(token, 'POST', '/api/imports/preview', request)
  if (!answer.ok) throw new Error(`No preview: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as ImportPreview
}

export const undo = (server: TestServer, token: string, importId: string): Promise<Response> =>
  server.call(token, 'DELETE', `/api/imports/${importId}`)

export async function importsOf(server: TestServer, token: string): Promise<ImportList['items']> {
  return ((await (await server.call(token, 'GET', '/api/imports')).json()) as ImportList).items
}

export async function rosterOf(
  server: TestServer,
  token: string,
  gatheringId: string,
): Promise<RosterSnapshot> {
  const answer = await server.call(token, 'GET', `/api/gatherings/${gatheringId}/roster`)
  if (!answer.ok) throw new Error(`No roster: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as RosterSnapshot
}

/** Names with whole minutes present, by name. */
export const whoAndHowLong = ({ people }: Pick<RosterSnapshot, 'people'>): string[] =>
  people.map(({ name, presentSeconds }) => `${name} ${Math.round(presentSeconds / 60)}`).sort()
