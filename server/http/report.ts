import { ReportStatus } from '../../shared/wire/index.ts'
import type { AuditLog } from '../audit/index.ts'
import { RollbookError } from '../errors.ts'
import type { Reports } from '../reports/index.ts'
import { gatheringRoute, type Route } from './route.ts'

/** What the host may do about Zoom's list. Where it stands is part of every gathering that is read. */
export function reportRoutes(parts: {
  reports: Pick<Reports, 'retry'>
  audit: AuditLog
  clock: () => number
  /** Something is due now. */
  wakeDue: () => void
}): Route[] {
  return [
    gatheringRoute({
      method: 'post',
      path: '/api/gatherings/:gathering/report/retry',
      summary:
        'Has Zoom’s list read now instead of at its next time, also when it was given up or is final. A list that is there stays until a new one is whole. 202: planned; 200: it is being read, was a moment ago, or waits for Zoom’s limit.',
      access: { who: 'gathering', field: 'manage' },
      answer: ReportStatus,
      handle: async (_req, res, { viewer, gatheringId }) => {
        const { installationId, memberId } = viewer
        const retried = await parts.reports.retry(viewer, gatheringId, parts.clock())
        if (retried === null) {
          throw new RollbookError(
            'conflict',
            'There is no report to read again: the meeting is not over, or only panels recorded it. Wait for its end.',
          )
        }
        if (retried.planned) {
          await parts.audit.append({
            ...{ installationId, actorMemberId: memberId, act: 'report_retried', gatheringId },
            atMs: parts.clock(),
            detail: {},
          })
          parts.wakeDue()
        }
        res.status(retried.planned ? 202 : 200).json(retried.report)
      },
    }),
  ]
}
