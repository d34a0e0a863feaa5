import type { Handover, SessionAnswer } from '../../../shared/wire/index.ts'
import { classmate } from '../../support/classroom.ts'
import { buildExport } from '../../support/rows.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { createScenario, type PersonInPlay, type Scenario } from '../../zoom/index.ts'

/** Everybody who might call a route, named by what they are to a gathering. */
export const callers = [
  'host',
  'second host of the same Zoom account',
  'host of the account-managed meeting',
  'second host in the account-managed installation',
  'its admin',
  'co-host by grant',
  'co-host without grant',
  'participant',
  'foreign installation',
  'nobody',
] as const
export type Caller = (typeof callers)[number]

/** One server with all callers in their places, each with a session. */
export interface Callers {
  server: TestServer
  /** `own`: user-managed, hosted by `host`. `account`: account-managed. */
  gatherings: { own: string; account: string }
  /** The session's token; null for nobody. */
  tokenOf(caller: Caller): string | null
  /** The token of one more session. */
  openAnother(caller: Caller): Promise<string | null>
  /** The cookie of a wide view that this caller has just opened. */
  openWideView(caller: Caller): Promise<string>
  /** Calls a route as it is called, about a gathering, and tells the status. */
  statusOf(route: string, by: string | null | Record<string, string>, gathering?: string): Promise<number>
}

/** An id nothing has. */
export const NOBODYS = '00000000-0000-4000-8000-000000000000'

export async function openCallers(): Promise<Callers> {
  const server = await startServer()
  const { world, clock } = server
  const places = await takePlaces(server)

  const openSession = async (caller: Caller): Promise<SessionAnswer | null> => {
    const place = places.get(caller)
    clock.advanceBy(1_000)
    return place ? server.session(world.appContext(place.who, place.meeting)) : null
  }
  const sessions = new Map<Caller, SessionAnswer | null>()
  for (const caller of callers) sessions.set(caller, await openSession(caller))
  const gatheringOf = (caller: Caller): string => sessions.get(caller)?.meeting?.gatheringId ?? ''
  const openAnother = async (caller: Caller): Promise<string | null> =>
    (await openSession(caller))?.token ?? null

  return {
    server,
    gatherings: { own: gatheringOf('host'), account: gatheringOf('host of the account-managed meeting') },
    tokenOf: (caller) => sessions.get(caller)?.token ?? null,
    openAnother,
    async openWideView(caller) {
      const answer = await server.call(await openAnother(caller), 'POST', '/api/handover')
      const { url } = (await answer.json()) as Handover
      const opened = await fetch(url, { method: 'POST', redirect: 'manual' })
      return (opened.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
    },
    async statusOf(route, by, gathering = 'nothing') {
      const [method = 'get', path = '/'] = route.split(' ')
      const address = path
        .replace(':gathering', gathering)
        .replace(/:(link|ticket|code)/, 'unknown')
        .replace(/:(member|request|import)/, NOBODYS)
      const body = method === 'post' ? bodyFor(path, clock.now()) : undefined
      const answer = await server.call(by, methods[method] ?? 'GET', address, body)
      await answer.body?.cancel()
      return answer.status
    },
  }
}

const methods: Record<string, 'POST' | 'DELETE'> = { post: 'POST', delete: 'DELETE' }

/** Where each of them sits: in the meeting, or null for the main client. */
type Places = ReadonlyMap<Caller, { who: PersonInPlay; meeting: Scenario | null }>

async function takePlaces(server: TestServer): Promise<Places> {
  const { world, clock } = server
  let seed = 0
  const lessonOf = (host: PersonInPlay, accountId: string, others: PersonInPlay[] = []): Scenario => {
    const meeting = { topic: `Lesson of ${host.name}`, accountId }
    const lesson = world.add(createScenario({ clock, seed: ++seed, meeting, host, people: others }))
    for (const { key } of [host, ...others]) lesson.join(key)
    return lesson
  }
  const install = async (accountId: string, people: PersonInPlay[]): Promise<void> => {
    for (const someone of people) {
      world.addUser(someone, accountId)
      await server.install(someone.zoomUserId ?? '')
      world.authorised.add(someone.zoomUserId ?? '')
    }
  }

  const [host, second, cohost, participant] = [
    someone('host'),
    someone('second'),
    someone('cohost'),
    someone('pupil'),
  ]
  const [foreign, lonely] = [someone('foreign'), someone('lonely')]
  await install('account-a', [host, second, cohost, participant])
  await install('account-b', [foreign, lonely])
  const own = lessonOf(host, 'account-a', [cohost, participant])
  own.promote('cohost')
  // A meeting whose host has no installation: the co-host records it alone, and is nobody anywhere else.
  const elsewhere = lessonOf(someone('stranger'), 'account-c', [lonely])
  elsewhere.promote('lonely')

  const [admin, accountHost, otherHost] = [someone('admin'), someone('accounthost'), someone('otherhost')]
  await installForAccount(server, 'account-d', admin, [accountHost, otherHost])

  return new Map<Caller, { who: PersonInPlay; meeting: Scenario | null }>([
    ['host', { who: host, meeting: own }],
    ['second host of the same Zoom account', { who: second, meeting: lessonOf(second, 'account-a') }],
    [
      'host of the account-managed meeting',
      { who: accountHost, meeting: lessonOf(accountHost, 'account-d') },
    ],
    [
      'second host in the account-managed installation',
      { who: otherHost, meeting: lessonOf(otherHost, 'account-d') },
    ],
    ['its admin', { who: admin, meeting: null }],
    ['co-host by grant', { who: cohost, meeting: own }],
    ['co-host without grant', { who: lonely, meeting: elsewhere }],
    ['participant', { who: participant, meeting: own }],
    ['foreign installation', { who: foreign, meeting: lessonOf(foreign, 'account-b') }],
  ])
}

const someone = (key: string): PersonInPlay => classmate(key, key)

/** An installation of a whole Zoom account, by its admin, with members who have done nothing for it. */
async function installForAccount(
  server: TestServer,
  accountId: string,
  admin: PersonInPlay,
  members: PersonInPlay[],
): Promise<void> {
  const { world, clock, storage } = server
  const { installationId } = await storage.tokenStore.install({
    profile: 'account',
    zoomUserId: admin.zoomUserId ?? '',
    zoomAccountId: accountId,
    tokens: { accessToken: 'a', refreshToken: 'r', expiresAtMs: clock.now() + 3_600_000, scopes: [] },
    nowMs: clock.now(),
  })
  for (const member of [admin, ...members]) {
    world.addUser(member, accountId)
    world.authorised.add(member.zoomUserId ?? '')
    await storage.directory.ensureMember(installationId, member.zoomUserId ?? '')
  }
}

/** A body the route accepts, by what its path ends with; {} where none is read. */
function bodyFor(path: string, atMs: number): unknown {
  const reading = { kind: 'reading', atMs, scope: 'main', room: null, people: [] }
  const bodies: Record<string, unknown> = {
    observations: { sentAtMs: atMs, observations: [reading] },
    exports: buildExport(),
    clipboard: buildExport({ format: 'tsv' }),
    joined: { otherId: NOBODYS },
    'kept-apart': { otherId: NOBODYS },
    split: { meetingId: NOBODYS },
    corrections: { kind: 'label', connection: 'nobody|s:1', label: 'x' },
    policy: { scope: 'gathering', part: {}, basedOn: '' },
    'cohost-policy': { cohostPolicy: 'without_emails' },
    preview: { hash: '0'.repeat(64), meetings: [] },
    ':member': { always: null },
    ':request': { decision: 'refuse', emails: false },
  }
  return bodies[path.slice(path.lastIndexOf('/') + 1)] ?? {}
}
