import { ObservationRequest } from '../../shared/wire/index.ts'
import type { Directory } from '../access/index.ts'
import { RollbookError } from '../errors.ts'
import { toFacts, type EvidenceLog } from '../ingest/index.ts'
import type { LiveRosters } from '../rosters/index.ts'
import { gatheringRoute, type Route } from './route.ts'
import { parseBody } from './validate.ts'

/** What a host's or co-host's panel sees, taken in as evidence of witness `panel`. */
export function observationRoutes(parts: {
  directory: Directory
  evidenceLog: EvidenceLog
  live: LiveRosters
  clock: () => number
}): Route[] {
  return [
    gatheringRoute({
      method: 'post',
      path: '/api/gatherings/:gathering/observations',
      summary:
        'Takes in what a panel sees: list readings, single changes, shared addresses, the meeting’s topic and end.',
      access: { who: 'gathering', field: 'observe' },
      body: ObservationRequest,
      handle: async (req, res, { viewer, gatheringId }) => {
        const request = parseBody(ObservationRequest, req.body)
        const meeting = await parts.directory.currentMeeting(viewer, gatheringId)
        if (meeting === null) throw new RollbookError('not_found', 'This gathering is not there any more.')
        const { facts, mention } = toFacts({
          readerId: viewer.memberId,
          meetingUuid: meeting.meetingUuid,
          receivedAtMs: parts.clock(),
          request,
        })
        await parts.evidenceLog.append({
          installationId: viewer.installationId,
          meetingId: meeting.meetingId,
          mention,
          facts,
        })
        parts.live.wake(gatheringId)
        res.status(204).end()
      },
    }),
  ]
}
