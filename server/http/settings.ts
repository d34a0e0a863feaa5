import {
  CohostDecision,
  CohostPolicyChange,
  RequestDecision,
  Settings,
  type Connection,
} from '../../shared/wire/index.ts'
import {
  standingOf,
  type CohostRecord,
  type Cohosts,
  type Directory,
  type MemberViewer,
  type RequestRecord,
  type Sessions,
} from '../access/index.ts'
import { RollbookError } from '../errors.ts'
import type { LiveRosters } from '../rosters/index.ts'
import { gatheringRoute, sessionRoute, type Route } from './route.ts'
import { parseBody } from './validate.ts'

const DECIDED_SHOWN_MS = 30 * 24 * 3_600_000
/** Names are read from rosters, and each has to be folded: those of the latest gatherings only. */
const MOST_ROSTERS = 40

export interface SettingsRouteParts {
  directory: Directory
  sessions: Pick<Sessions, 'wideViews'>
  cohosts: Cohosts
  live: LiveRosters
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
    sessionRoute({
      method: 'post',
      path: '/api/settings/cohost-policy',
      summary: 'What co-hosts get after the meeting.',
      access: { who: 'session', fresh: true },
      body: CohostPolicyChange,
      handle: async (req, res, session) => {
        const { cohostPolicy } = parseBody(CohostPolicyChange, req.body)
        await cohosts.setPolicy(await ownerOf(parts.directory, session), cohostPolicy, clock())
        res.status(204).end()
      },
    }),
    sessionRoute({
      method: 'post',
      path: '/api/settings/cohosts/:member',
      summary: 'What one co-host gets in every gathering they proved; null: as the policy says.',
      access: { who: 'session', fresh: true },
      body: CohostDecision,
      handle: async (req, res, session) => {
        const { always } = parseBody(CohostDecision, req.body)
        const owner = await ownerOf(parts.directory, session)
        if (!(await cohosts.decide(owner, String(req.params['member']), always, clock()))) {
          throw new RollbookError('not_found', 'There is no such co-host here. Load the settings again.')
        }
        res.status(204).end()
      },
    }),
    sessionRoute({
      method: 'post',
      path: '/api/settings/requests/:request',
      summary: 'Grants or refuses what a co-host asked for.',
      access: { who: 'session', fresh: true },
      body: RequestDecision,
      handle: async (req, res, session) => {
        const decision = parseBody(RequestDecision, req.body)
        const owner = await ownerOf(parts.directory, session)
        const outcome = await cohosts.decideRequest(owner, String(req.params['request']), decision, clock())
        if (outcome === 'unknown') {
          throw new RollbookError('not_found', 'There is no such request here. Load the settings again.')
        }
        if (outcome === 'conflict') {
          throw new RollbookError('conflict', 'This request was decided meanwhile. Load the settings again.')
        }
        res.status(204).end()
      },
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
  const names = await namesFor(parts, own, records, requests)
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

/** Members are known by hash only; what they are called stands in the rosters of what they asked for or last proved. */
async function namesFor(
  { cohosts, live }: SettingsRouteParts,
  own: MemberViewer,
  records: CohostRecord[],
  requests: RequestRecord[],
): Promise<Map<string, string>> {
  const memberIds = [...new Set([...records, ...requests].map(({ memberId }) => memberId))]
  const recognise = await cohosts.recogniser(own, memberIds)
  const gatheringIds = new Set([
    ...requests.map(({ gatheringId }) => gatheringId),
    ...records.map(({ lastGatheringId }) => lastGatheringId),
  ])
  const names = new Map<string, string>()
  for (const gatheringId of [...gatheringIds].slice(0, MOST_ROSTERS)) {
    const found = await live.namesOf(own.installationId, gatheringId, recognise)
    for (const [memberId, name] of found) if (!names.has(memberId)) names.set(memberId, name)
  }
  return names
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
