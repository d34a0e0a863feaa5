import { JoinRequest, SplitAnswer, SplitRequest } from '../../shared/wire/index.ts'
import { mayRead, type Directory, type Outcome, type Restarts } from '../access/index.ts'
import { RollbookError } from '../errors.ts'
import { gatheringRoute, type GatheringCall, type Route } from './route.ts'
import { parseBody } from './validate.ts'

export interface RestartRouteParts {
  directory: Directory
  restarts: Restarts
  clock: () => number
  /** Who came is counted anew. */
  wakeDue: () => void
}

/** A restarted meeting is taken into the gathering, kept apart from it, or taken out again: the host's to say. */
export function restartRoutes(parts: RestartRouteParts): Route[] {
  return [
    gatheringRoute({
      method: 'post',
      path: '/api/gatherings/:gathering/joined',
      summary:
        'Makes one gathering of this one and a restart of it; the id of the other leads here from then on.',
      access: { who: 'gathering', field: 'manage' },
      body: JoinRequest,
      handle: async (req, res, call) => {
        const otherId = await otherOf(parts.directory, call, parseBody(JoinRequest, req.body).otherId)
        // Joined before: the other id leads to this very gathering already.
        if (otherId !== call.gatheringId) {
          refuseConflict(await parts.restarts.join(call.viewer, call.gatheringId, otherId, parts.clock()))
          parts.wakeDue()
        }
        res.status(204).end()
      },
    }),
    gatheringRoute({
      method: 'post',
      path: '/api/gatherings/:gathering/kept-apart',
      summary: 'Never proposes these two gatherings as one again.',
      access: { who: 'gathering', field: 'manage' },
      body: JoinRequest,
      handle: async (req, res, call) => {
        const otherId = await otherOf(parts.directory, call, parseBody(JoinRequest, req.body).otherId)
        refuseConflict(await parts.restarts.keepApart(call.viewer, call.gatheringId, otherId, parts.clock()))
        res.status(204).end()
      },
    }),
    gatheringRoute({
      method: 'post',
      path: '/api/gatherings/:gathering/split',
      summary:
        'Takes a joined meeting out again, into the gathering it came from, and proposes the two no more.',
      access: { who: 'gathering', field: 'manage' },
      body: SplitRequest,
      answer: SplitAnswer,
      handle: async (req, res, { viewer, gatheringId }) => {
        const { meetingId } = parseBody(SplitRequest, req.body)
        const split = await parts.restarts.split(viewer, gatheringId, meetingId, parts.clock())
        refuseConflict(split.outcome)
        parts.wakeDue()
        res.json({ gatheringId: split.gatheringId ?? gatheringId } satisfies SplitAnswer)
      },
    }),
  ]
}

/** The other gathering as it is kept now. @throws RollbookError not_found unless the viewer owns it too, in this installation */
async function otherOf(directory: Directory, { viewer }: GatheringCall, otherId: string): Promise<string> {
  const access = await directory.gatheringAccess(viewer, otherId)
  if (access === null || !mayRead(viewer, access, 'manage')) {
    throw new RollbookError('not_found', 'There is no such other gathering of yours. Load this one again.')
  }
  return access.gatheringId
}

function refuseConflict(outcome: Outcome): void {
  if (outcome !== 'conflict') return
  throw new RollbookError(
    'conflict',
    'These are no restart of one another, or somebody changed them meanwhile. Load the gathering again.',
  )
}
