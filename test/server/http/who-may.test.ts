import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callers, NOBODYS, openCallers, type Caller, type Callers } from './who-may-callers.ts'
import { gatheringRoutes, inWideView, openRoutes, partingRoutes, sessionRoutes } from './who-may-expected.ts'

/**
 * Every route of the router against everybody who might call it. A route that is not in the table (`who-may-expected.ts`)
 * fails the test, and so does one in the table that is not in the router.
 */
let everybody: Callers
beforeAll(async () => {
  everybody = await openCallers()
})
afterAll(() => everybody.server.stop())

interface RouterLayer {
  route?: { path: string; methods: Record<string, boolean> }
}

/** What everybody gets from a route, about a gathering. */
const statuses = async (route: string, gathering?: string): Promise<Record<string, number>> =>
  Object.fromEntries(
    await Promise.all(
      callers.map(
        async (caller) =>
          [caller, await everybody.statusOf(route, everybody.tokenOf(caller), gathering)] as const,
      ),
    ),
  )
const rosterOf = async <Answer>(caller: Caller, gathering: string): Promise<Answer> => {
  const path = `/api/gatherings/${gathering}/roster`
  return (await (await everybody.server.call(everybody.tokenOf(caller), 'GET', path)).json()) as Answer
}

describe('who may call what', () => {
  it('has a line for every route of the router, and no other', () => {
    const { server } = everybody
    const { stack } = (server.rollbook.app as unknown as { router: { stack: RouterLayer[] } }).router
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
      const { own, account } = everybody.gatherings
      expect(await statuses(route, own)).toEqual(expected.own)
      expect(await statuses(route, account)).toEqual(expected.account)
    })
  }

  for (const [route, expected] of Object.entries(sessionRoutes)) {
    it(`${route}: by whose installation it is`, async () => {
      expect(await statuses(route)).toEqual(expected)
    })
  }

  for (const [route, expected] of Object.entries(openRoutes)) {
    it(`${route}: ${expected} for everybody`, async () => {
      expect(new Set(Object.values(await statuses(route)))).toEqual(new Set([expected]))
    })
  }

  it('lets the host’s wide view read, and nobody else with its cookie', async () => {
    const statusesWith = async (headers: Record<string, string>): Promise<Record<string, number>> => {
      const all: Record<string, number> = {}
      for (const route of Object.keys(inWideView)) {
        const cookie = await everybody.openWideView('host')
        all[route] = await everybody.statusOf(route, { cookie, ...headers }, everybody.gatherings.own)
      }
      return all
    }
    const refused = Object.fromEntries(Object.keys(inWideView).map((route) => [route, 401]))
    expect(await statusesWith({ 'x-rollbook': 'panel' })).toEqual(inWideView)
    expect(await statusesWith({})).toEqual(refused)
    expect(await statusesWith({ 'x-rollbook': 'panel', origin: 'https://evil.example' })).toEqual(refused)
  })

  it('gives a co-host the list without addresses, and the host with them', async () => {
    const addressesFor = async (caller: Caller) => {
      const { people } = await rosterOf<{ people: { email: string | null }[] }>(
        caller,
        everybody.gatherings.own,
      )
      return people.map(({ email }) => email)
    }
    await everybody.server.told()
    expect((await addressesFor('co-host by grant')).every((email) => email === null)).toBe(true)
    expect(await addressesFor('host')).toBeDefined()
  })

  it('calls a foreign gathering by no other name than one that does not exist', async () => {
    const own = await rosterOf('foreign installation', everybody.gatherings.own)
    expect(own).toEqual(await rosterOf('foreign installation', NOBODYS))
    expect(own).toEqual(await rosterOf('foreign installation', "' or 1=1"))
  })

  for (const [route, expected] of Object.entries(partingRoutes)) {
    it(`${route}: by whose it is that ends`, async () => {
      // Who is refused first: leaving takes sessions of others along.
      const order = callers.toSorted((one, other) => expected[other] - expected[one])
      const statuses: [Caller, number][] = []
      for (const caller of order) {
        const token = await everybody.openAnother(caller)
        statuses.push([caller, await everybody.statusOf(route, token)])
        if (expected[caller] === 204) expect(await everybody.statusOf('get /api/session', token)).toBe(401)
      }
      expect(Object.fromEntries(statuses)).toEqual(expected)
    })
  }
})
