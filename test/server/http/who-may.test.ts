import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Handover, SessionAnswer } from '../../../shared/wire/index.ts'
import { buildExport } from '../../support/rows.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { createScenario, type PersonInPlay, type Scenario } from '../../zoom/index.ts'

/**
 * Every route of the router against everybody who might call it. A route that is not in the table fails the test, and so
 * does one in the table that is not in the router.
 */
const callers = [
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
type Caller = (typeof callers)[number]

/** `own` gathering: user-managed, hosted by `host`. `account`: account-managed. */
type Expected = { own: Record<Caller, number>; account: Record<Caller, number> }

const gatheringTable = (allowed: {
  host: number
  cohost: number
  admin: number
  accountHost: number
  /** In the meeting itself, so it is no secret that it is recorded. */
  participant?: number
}): Expected => ({
  own: {
    host: allowed.host,
    'second host of the same Zoom account': 404,
    'host of the account-managed meeting': 404,
    'second host in the account-managed installation': 404,
    'its admin': 404,
    'co-host by grant': allowed.cohost,
    'co-host without grant': 404,
    participant: allowed.participant ?? 403,
    'foreign installation': 404,
    nobody: 401,
  },
  account: {
    host: 404,
    'second host of the same Zoom account': 404,
    'host of the account-managed meeting': allowed.accountHost,
    'second host in the account-managed installation': 403,
    'its admin': allowed.admin,
    'co-host by grant': 404,
    'co-host without grant': 404,
    participant: 404,
    'foreign installation': 404,
    nobody: 401,
  },
})
const read = gatheringTable({ host: 200, cohost: 200, admin: 200, accountHost: 200 })

const manage = (owner: number): Expected =>
  gatheringTable({ host: owner, cohost: 403, admin: owner, accountHost: owner })

const gatheringRoutes: Record<string, Expected> = {
  'get /api/gatherings/:gathering/roster': read,
  'get /api/gatherings/:gathering/live': read,
  'post /api/gatherings/:gathering/observations': gatheringTable({
    host: 204,
    cohost: 204,
    admin: 403,
    accountHost: 204,
  }),
  'post /api/gatherings/:gathering/exports': gatheringTable({
    host: 201,
    cohost: 201,
    admin: 201,
    accountHost: 201,
  }),
  'post /api/gatherings/:gathering/clipboard': read,
  'get /api/gatherings/:gathering': read,
  'get /api/gatherings/:gathering/differences': read,
  'get /api/gatherings/:gathering/own-line': gatheringTable({
    host: 200,
    cohost: 200,
    admin: 200,
    accountHost: 200,
    participant: 200,
  }),
  // The other gathering is nobody's, and the meeting is not one that was joined.
  'post /api/gatherings/:gathering/joined': manage(404),
  'post /api/gatherings/:gathering/kept-apart': manage(404),
  'post /api/gatherings/:gathering/split': manage(409),
  // Owners have nobody to ask.
  'post /api/gatherings/:gathering/access-requests': gatheringTable({
    host: 409,
    cohost: 204,
    admin: 409,
    accountHost: 409,
  }),
  // There is nothing to read again while the meeting goes on.
  'post /api/gatherings/:gathering/report/retry': gatheringTable({
    host: 409,
    cohost: 403,
    admin: 409,
    accountHost: 409,
  }),
}

/** Routes about the caller and their own installation. */
const sessionTable = (owner: number, member: number): Record<Caller, number> => ({
  host: owner,
  'second host of the same Zoom account': owner,
  'host of the account-managed meeting': member,
  'second host in the account-managed installation': member,
  'its admin': owner,
  'co-host by grant': owner,
  'co-host without grant': owner,
  participant: owner,
  'foreign installation': owner,
  nobody: 401,
})

const sessionRoutes: Record<string, Record<Caller, number>> = {
  'get /api/gatherings': sessionTable(200, 200),
  'get /api/settings': sessionTable(200, 200),
  'post /api/settings/cohost-policy': sessionTable(204, 403),
  // Nobody of that name is there, and only an owner learns so.
  'post /api/settings/cohosts/:member': sessionTable(404, 403),
  'post /api/settings/requests/:request': sessionTable(404, 403),
  'get /api/session': sessionTable(200, 200),
  'post /api/handover': sessionTable(201, 201),
  'post /api/handover/end': sessionTable(204, 204),
}

/** Routes that end something of the caller; tried last, each caller with a session of its own. */
const partingRoutes: Record<string, Record<Caller, number>> = {
  'post /api/session/end': sessionTable(204, 204),
  // In a list of somebody else's Rollbook there is nothing of one's own to disconnect.
  'post /api/disconnect': { ...sessionTable(204, 403), 'co-host by grant': 403 },
}

/**
 * The host's wide view while the meeting runs: everything that can be read, nothing that a panel has to see or that needs
 * Zoom's word of this moment. Without the header of our own page, or from another site, it is nobody's.
 */
const inWideView: Record<string, number> = {
  ...Object.fromEntries(Object.entries(gatheringRoutes).map(([route, { own }]) => [route, own.host])),
  ...Object.fromEntries(Object.entries(sessionRoutes).map(([route, expected]) => [route, expected.host])),
  'post /api/gatherings/:gathering/observations': 403,
  'post /api/gatherings/:gathering/exports': 403,
  'post /api/gatherings/:gathering/clipboard': 403,
  'post /api/handover': 403,
}

/** Routes without a session: the same answer to everybody, and what it is. */
const openRoutes: Record<string, number> = {
  'post /webhooks/zoom': 401,
  'get /': 200,
  'get /oauth/install': 302,
  'get /oauth/callback': 200,
  'post /api/session': 400,
  'post /api/authorization': 400,
  'post /api/authorization/code': 400,
  'get /wide': 200,
  'get /wide/:code': 410,
  'post /wide/:code': 410,
  'get /exports/:link': 410,
  'post /exports/:link': 410,
  'get /exports/files/:ticket': 410,
  'get /healthz': 200,
  'get /readyz': 200,
  'get /metrics': 200,
  'get /api/openapi.json': 200,
}

/** An id nothing has. */
const NOBODYS = '00000000-0000-4000-8000-000000000000'

let server: TestServer
const tokens = new Map<Caller, string | null>()
const gatherings = { own: '', account: '' }
/** Opens one more session of a caller. */
const anew = new Map<Caller, () => Promise<string>>()

beforeAll(async () => {
  server = await startServer()
  const { world, clock } = server
  const person = (key: string): PersonInPlay => ({
    key,
    name: key,
    zoomUserId: `user-${key}`,
    email: `${key}@school.example`,
  })
  const lesson = (host: PersonInPlay, accountId: string, seed: number): Scenario =>
    world.add(createScenario({ clock, seed, meeting: { topic: `Lesson of ${host.name}`, accountId }, host }))
  const inMeeting = async (who: PersonInPlay, meeting: Scenario): Promise<SessionAnswer> =>
    server.session(world.appContext(who, meeting))

  const [host, second, cohost, participant, foreign, lonely] = [
    'host',
    'second',
    'cohost',
    'participant',
    'foreign',
    'lonely',
  ].map(person) as [PersonInPlay, PersonInPlay, PersonInPlay, PersonInPlay, PersonInPlay, PersonInPlay]
  const own = lesson(host, 'account-a', 1)
  for (const other of [second, cohost, participant]) own.cast(other)
  for (const someone of [host, second, cohost, participant]) world.addUser(someone, 'account-a')
  for (const someone of [foreign, lonely]) world.addUser(someone, 'account-b')
  for (const someone of [host, second, cohost, participant, foreign, lonely]) {
    await server.install(someone.zoomUserId ?? '')
    world.authorised.add(someone.zoomUserId ?? '')
  }
  own.start()
  own.join('host')
  own.join('cohost')
  own.join('participant')
  own.promote('cohost')
  const hostSession = await inMeeting(host, own)
  gatherings.own = hostSession.meeting?.gatheringId ?? ''
  tokens.set('host', hostSession.token)
  tokens.set('co-host by grant', (await inMeeting(cohost, own)).token)
  tokens.set('participant', (await inMeeting(participant, own)).token)
  const secondLesson = lesson(second, 'account-a', 2)
  secondLesson.join('second')
  tokens.set('second host of the same Zoom account', (await inMeeting(second, secondLesson)).token)
  const foreignLesson = lesson(foreign, 'account-b', 3)
  foreignLesson.join('foreign')
  tokens.set('foreign installation', (await inMeeting(foreign, foreignLesson)).token)
  // A meeting whose host has no installation: the co-host records it alone, and is nobody anywhere else.
  const elsewhere = lesson(person('stranger'), 'account-c', 4)
  elsewhere.join('stranger')
  elsewhere.cast(lonely)
  elsewhere.join('lonely')
  elsewhere.promote('lonely')
  tokens.set('co-host without grant', (await inMeeting(lonely, elsewhere)).token)

  const [admin, accountHost, otherHost] = ['admin', 'accounthost', 'otherhost'].map(person) as [
    PersonInPlay,
    PersonInPlay,
    PersonInPlay,
  ]
  const { installationId } = await server.storage.tokenStore.install({
    profile: 'account',
    zoomUserId: admin.zoomUserId ?? '',
    zoomAccountId: 'account-d',
    tokens: { accessToken: 'a', refreshToken: 'r', expiresAtMs: clock.now() + 3_600_000, scopes: [] },
    nowMs: clock.now(),
  })
  for (const someone of [admin, accountHost, otherHost]) {
    world.addUser(someone, 'account-d')
    world.authorised.add(someone.zoomUserId ?? '')
    await server.storage.directory.ensureMember(installationId, someone.zoomUserId ?? '')
  }
  const accountLesson = lesson(accountHost, 'account-d', 5)
  accountLesson.join('accounthost')
  const accountSession = await inMeeting(accountHost, accountLesson)
  gatherings.account = accountSession.meeting?.gatheringId ?? ''
  tokens.set('host of the account-managed meeting', accountSession.token)
  const otherLesson = lesson(otherHost, 'account-d', 6)
  otherLesson.join('otherhost')
  tokens.set(
    'second host in the account-managed installation',
    (await inMeeting(otherHost, otherLesson)).token,
  )
  tokens.set('its admin', (await server.session(world.appContext(admin, null))).token)
  tokens.set('nobody', null)
  const callersAt: [Caller, PersonInPlay, Scenario | null][] = [
    ['host', host, own],
    ['second host of the same Zoom account', second, secondLesson],
    ['host of the account-managed meeting', accountHost, accountLesson],
    ['second host in the account-managed installation', otherHost, otherLesson],
    ['its admin', admin, null],
    ['co-host by grant', cohost, own],
    ['co-host without grant', lonely, elsewhere],
    ['participant', participant, own],
    ['foreign installation', foreign, foreignLesson],
  ]
  for (const [caller, who, meeting] of callersAt)
    anew.set(caller, async () => {
      clock.advanceBy(1_000)
      return (await server.session(world.appContext(who, meeting))).token
    })
})
afterAll(() => server.stop())

describe('who may call what', () => {
  it('has a line for every route of the router, and no other', () => {
    const stack = (
      server.rollbook.app as unknown as {
        router: { stack: { route?: { path: string; methods: Record<string, boolean> } }[] }
      }
    ).router.stack
    const walked = stack.flatMap(({ route }) =>
      route === undefined ? [] : Object.keys(route.methods).map((method) => `${method} ${route.path}`),
    )
    expect(walked.sort()).toEqual(
      [gatheringRoutes, sessionRoutes, partingRoutes, openRoutes]
        .flatMap((table) => Object.keys(table))
        .sort(),
    )
    expect(server.rollbook.routes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      walked.sort(),
    )
  })

  for (const [route, expected] of Object.entries(gatheringRoutes)) {
    it(`${route}: by role`, async () => {
      const statuses = (which: 'own' | 'account') =>
        Promise.all(
          callers.map(
            async (caller) =>
              [caller, await statusOf(route, tokens.get(caller) ?? null, gatherings[which])] as const,
          ),
        )
      expect(Object.fromEntries(await statuses('own'))).toEqual(expected.own)
      expect(Object.fromEntries(await statuses('account'))).toEqual(expected.account)
    })
  }

  for (const [route, expected] of Object.entries(sessionRoutes)) {
    it(`${route}: by whose installation it is`, async () => {
      const statuses = await Promise.all(
        callers.map(
          async (caller) => [caller, await statusOf(route, tokens.get(caller) ?? null, 'nothing')] as const,
        ),
      )
      expect(Object.fromEntries(statuses)).toEqual(expected)
    })
  }

  for (const [route, expected] of Object.entries(openRoutes)) {
    it(`${route}: ${expected} for everybody`, async () => {
      const statuses = await Promise.all(
        callers.map((caller) => statusOf(route, tokens.get(caller) ?? null, 'nothing')),
      )
      expect(new Set(statuses)).toEqual(new Set([expected]))
    })
  }

  it('lets the host’s wide view read, and nobody else with its cookie', async () => {
    const statuses = async (headers: Record<string, string>): Promise<Record<string, number>> => {
      const all: Record<string, number> = {}
      for (const route of Object.keys(inWideView)) {
        const cookie = await wideCookieOf('host')
        all[route] = await statusOf(route, { cookie, ...headers }, gatherings.own)
      }
      return all
    }
    const refused = Object.fromEntries(Object.keys(inWideView).map((route) => [route, 401]))
    expect(await statuses({ 'x-rollbook': 'panel' })).toEqual(inWideView)
    expect(await statuses({})).toEqual(refused)
    expect(await statuses({ 'x-rollbook': 'panel', origin: 'https://evil.example' })).toEqual(refused)
  })

  it('gives a co-host the list without addresses, and the host with them', async () => {
    const peopleOf = async (caller: Caller) => {
      const answer = await server.call(
        tokens.get(caller) ?? null,
        'GET',
        `/api/gatherings/${gatherings.own}/roster`,
      )
      return ((await answer.json()) as { people: { email: string | null }[] }).people
    }
    await server.told()
    expect((await peopleOf('co-host by grant')).every(({ email }) => email === null)).toBe(true)
    expect(await peopleOf('host')).toBeDefined()
  })

  it('calls a foreign gathering by no other name than one that does not exist', async () => {
    const bodyOf = async (id: string) => {
      const answer = await server.call(
        tokens.get('foreign installation') ?? null,
        'GET',
        `/api/gatherings/${id}/roster`,
      )
      return (await answer.json()) as unknown
    }
    expect(await bodyOf(gatherings.own)).toEqual(await bodyOf('00000000-0000-4000-8000-000000000000'))
    expect(await bodyOf(gatherings.own)).toEqual(await bodyOf("' or 1=1"))
  })

  for (const [route, expected] of Object.entries(partingRoutes)) {
    it(`${route}: by whose it is that ends`, async () => {
      // Who is refused first: leaving takes sessions of others along.
      const order = callers.toSorted((one, other) => expected[other] - expected[one])
      const statuses: [Caller, number][] = []
      for (const caller of order) {
        const token = (await anew.get(caller)?.()) ?? null
        statuses.push([caller, await statusOf(route, token, 'nothing')])
        if (expected[caller] === 204) expect(await statusOf('get /api/session', token, 'nothing')).toBe(401)
      }
      expect(Object.fromEntries(statuses)).toEqual(expected)
    })
  }
})

/** The cookie of a wide view that this caller has just opened. */
async function wideCookieOf(caller: Caller): Promise<string> {
  const answer = await server.call((await anew.get(caller)?.()) ?? null, 'POST', '/api/handover')
  const { url } = (await answer.json()) as Handover
  const opened = await fetch(url, { method: 'POST', redirect: 'manual' })
  return (opened.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
}

async function statusOf(
  route: string,
  by: string | null | Record<string, string>,
  gathering: string,
): Promise<number> {
  const [method = 'get', path = '/'] = route.split(' ')
  const address = path
    .replace(':gathering', gathering)
    .replace(':link', 'unknown')
    .replace(':ticket', 'unknown')
    .replace(':code', 'unknown')
    .replace(/:(member|request)/, NOBODYS)
  const answer = await server.call(by, method.toUpperCase() as 'GET' | 'POST', address, bodyFor(route))
  await answer.body?.cancel()
  return answer.status
}

function bodyFor(route: string): unknown {
  if (!route.startsWith('post')) return undefined
  if (route.endsWith('/observations')) {
    const atMs = server.clock.now()
    return {
      sentAtMs: atMs,
      observations: [{ kind: 'reading', atMs, scope: 'main', room: null, people: [] }],
    }
  }
  if (route.endsWith('/exports')) return buildExport()
  if (route.endsWith('/clipboard')) return buildExport({ format: 'tsv' })
  if (route.endsWith('/joined') || route.endsWith('/kept-apart')) return { otherId: NOBODYS }
  if (route.endsWith('/split')) return { meetingId: NOBODYS }
  if (route.endsWith('/cohost-policy')) return { cohostPolicy: 'without_emails' }
  if (route.endsWith('/:member')) return { always: null }
  if (route.endsWith('/:request')) return { decision: 'refuse', emails: false }
  return {}
}
