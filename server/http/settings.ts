import type { Request } from 'express'
import type * as z from 'zod/mini'
import {
  CohostDecision,
  CohostPolicyChange,
  RequestDecision,
  Settings,
  type Connection,
} from '../../shared/wire/index.ts'
import {
  standingOf,
  type Cohosts,
  type Directory,
  type MemberViewer,
  type Sessions,
} from '../access/index.ts'
import { RollbookError } from '../errors.ts'
import { gatheringRoute, sessionRoute, type Route } from './route.ts'
import { parseBody } from './validate.ts'

const DECIDED_SHOWN_MS = 30 * 24 * 3_600_000

export interface SettingsRouteParts {
  directory: Directory
  sessions: Pick<Sessions, 'wideViews'>
  cohosts: Cohosts
  connectionOf: (who: { installationId: string; memberId: string }) => Promise<Connection>
  clock: () => number
}

/** What an owner decides about co-hosts, and how co-hosts ask. Every decision works from the next call on. */
export function settingsRoutes(parts: SettingsRouteParts): Route[] {
  const { cohosts, clock } = parts
  return [
    sessionRoute({
      method: 'get',
      path: '/api/settings',
      summary:
        'Settings of the viewer’s own installation; the lists of co-hosts and requests only for its owner.',
      access: { who: 'session' },
      answer: Settings,
      handle: async (_req, res, session) => {
        res.set('Cache-Control', 'no-store').json(await settingsOf(parts, session))
      },
    }),
    decisionRoute(parts, {
      path: '/api/settings/cohost-policy',
      summary: 'What co-hosts get after the meeting.',
      body: CohostPolicyChange,
      decide: async (owner, { cohostPolicy }) => {
        await cohosts.setPolicy(owner, cohostPolicy, clock())
        return 'done'
      },
    }),
    decisionRoute(parts, {
      path: '/api/settings/cohosts/:member',
      summary: 'What one co-host gets in every gathering they proved; null: as the policy says.',
      body: CohostDecision,
      decide: async (owner, { always }, { member }) =>
        (await cohosts.decide(owner, String(member), always, clock())) ? 'done' : 'unknown',
    }),
    decisionRoute(parts, {
      path: '/api/settings/requests/:request',
      summary: 'Grants or refuses what a co-host asked for.',
      body: RequestDecision,
      decide: (owner, decision, { request }) =>
        cohosts.decideRequest(owner, String(request), decision, clock()),
    }),
    gatheringRoute({
      method: 'post',
      path: '/api/gatherings/:gathering/access-requests',
      summary:
        'A co-host asks the host for access; once is enough, and a refused one may ask again after a day.',
      access: { who: 'gathering', field: 'standing' },
      handle: async (_req, res, { viewer, access, gatheringId }) => {
        if (standingOf(viewer, access) === 'owner') {
          throw new RollbookError('conflict', 'This meeting is your own: there is nobody to ask.')
        }
        await cohosts.ask(viewer, gatheringId, clock())
        res.status(204).end()
      },
    }),
  ]
}

/** The route of one thing an owner decides. `decide` is given what the path names. */
function decisionRoute<Schema extends z.ZodMiniType>(
  { directory }: Pick<SettingsRouteParts, 'directory'>,
  route: {
    path: string
    summary: string
    body: Schema
    decide: (
      owner: MemberViewer,
      decision: z.output<Schema>,
      named: Request['params'],
    ) => Promise<'done' | 'unknown' | 'conflict'>
  },
): Route {
  const { decide, ...described } = route
  return sessionRoute({
    method: 'post',
    ...described,
    access: { who: 'session', fresh: true },
    handle: async (req, res, session) => {
      const decision = parseBody(route.body, req.body)
      const outcome = await decide(await ownerOf(directory, session), decision, req.params)
      if (outcome === 'unknown') {
        throw new RollbookError(
          'not_found',
          'There is no such co-host or request here. Load the settings again.',
        )
      }
      if (outcome === 'conflict') {
        throw new RollbookError('conflict', 'This was decided meanwhile. Load the settings again.')
      }
      res.status(204).end()
    },
  })
}

async function settingsOf(parts: SettingsRouteParts, session: MemberViewer): Promise<Settings> {
  const own = await ownInstallation(parts.directory, session)
  const [cohostPolicy, connection, wideViews] = await Promise.all([
    parts.cohosts.policy(own),
    parts.connectionOf(own),
    parts.sessions.wideViews(session),
  ])
  const bare = { mayManage: own.admin, cohostPolicy, connection, wideViews }
  if (!own.admin) return { ...bare, cohosts: [], requests: [] }
  const [records, requests] = await Promise.all([
    parts.cohosts.list(own),
    parts.cohosts.requests(own, parts.clock() - DECIDED_SHOWN_MS),
  ])
  // Members are known by hash only; what they are called stands where they asked, or proved it last.
  const names = await parts.cohosts.names(own, [
    ...requests,
    ...records.map(({ memberId, lastGatheringId }) => ({ memberId, gatheringId: lastGatheringId })),
  ])
  return {
    ...bare,
    cohosts: records.map(({ memberId, gatherings, lastVerifiedAtMs, always }) => ({
      memberId,
      name: names.get(memberId) ?? null,
      gatherings,
      lastVerifiedAt: new Date(lastVerifiedAtMs).toISOString(),
      always,
    })),
    requests: requests.map(({ startedAtMs, requestedAtMs, ...request }) => ({
      ...request,
      name: names.get(request.memberId) ?? null,
      startedAt: startedAtMs === null ? null : new Date(startedAtMs).toISOString(),
      requestedAt: new Date(requestedAtMs).toISOString(),
    })),
  }
}

/** In a meeting of somebody else's the session is of their installation; settings are always about one's own. */
async function ownInstallation(directory: Directory, session: MemberViewer): Promise<MemberViewer> {
  const viewers = await directory.everywhere(session)
  return viewers.find(({ admin }) => admin) ?? session
}

/** @throws RollbookError forbidden when they own no installation */
async function ownerOf(directory: Directory, session: MemberViewer): Promise<MemberViewer> {
  const own = await ownInstallation(directory, session)
  if (own.admin) return own
  throw new RollbookError(
    'forbidden',
    'Only the owner of an installation decides about its co-hosts. Ask the host.',
  )
}
