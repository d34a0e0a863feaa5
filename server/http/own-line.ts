import { OwnLine } from '../../shared/wire/index.ts'
import type { Cohosts } from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
import { RollbookError } from '../errors.ts'
import { hideEmail, type LiveRosters } from '../rosters/index.ts'
import { gatheringRoute, type Route } from './route.ts'

/** So many sessions are remembered to have read their line; more are noted twice rather than kept for ever. */
const MOST_REMEMBERED = 10_000

export interface OwnLineRouteParts {
  live: LiveRosters
  cohosts: Cohosts
  audit: AuditLog
  clock: () => number
}

/** What a participant may see: the row Zoom itself ties to them by their user id, and nothing of anybody else. */
export function ownLineRoutes(parts: OwnLineRouteParts): Route[] {
  const noted = new Set<string>()
  return [
    gatheringRoute({
      method: 'get',
      path: '/api/gatherings/:gathering/own-line',
      summary: 'The row with the viewer’s own Zoom user id; `person` null when Zoom names them nowhere.',
      access: { who: 'gathering', field: 'own_line' },
      answer: OwnLine,
      handle: async (_req, res, { viewer, gatheringId, session }) => {
        const recognise = await parts.cohosts.recogniser(viewer, [viewer.memberId])
        const line = await parts.live.ownLine(
          viewer.installationId,
          gatheringId,
          (zoomUserId) => recognise(zoomUserId) !== null,
        )
        if (line === null) throw new RollbookError('not_found', 'This gathering is not there any more.')
        if (!noted.has(session.sessionId)) {
          if (noted.size >= MOST_REMEMBERED) noted.clear()
          noted.add(session.sessionId)
          await parts.audit.append({
            installationId: viewer.installationId,
            actorMemberId: viewer.memberId,
            act: 'own_line_read',
            gatheringId,
            atMs: parts.clock(),
            detail: { found: line.row !== null },
          })
        }
        const { topic, startedAt, endedAt } = line.head
        const answer: OwnLine = {
          topic,
          startedAt,
          endedAt,
          person: line.row === null ? null : withoutOthers(line.row),
        }
        res.set('Cache-Control', 'no-store').json(answer)
      },
    }),
  ]
}

/**
 * The reasons behind an identity quote the names and addresses of whoever was compared with it, and what a host writes on
 * somebody by hand is the host's own note.
 */
function withoutOthers(row: NonNullable<OwnLine['person']>): NonNullable<OwnLine['person']> {
  const bare = hideEmail(row)
  const labels = bare.labels.filter(({ by }) => by === 'rule')
  return { ...bare, labels, identity: { ...bare.identity, evidence: [] } }
}
