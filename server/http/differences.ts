import { DifferenceList, type Difference } from '../../shared/wire/index.ts'
import { RollbookError } from '../errors.ts'
import { selectDifferences } from '../exports/index.ts'
import { hideTypedAddresses, type ChangedByReport, type LiveRosters } from '../rosters/index.ts'
import { seesEmails } from './live.ts'
import { badQuery, pageOf, queryText } from './query.ts'
import { gatheringRoute, type GatheringCall, type Route } from './route.ts'

const PAGE = 200
const KINDS: readonly Difference['kind'][] = ['added', 'minutes_changed', 'not_in_report', 'merged', 'split']

/** What the official list changed about the live one. Who may not read addresses gets none that was typed as a name. */
export function differenceRoutes({ live }: { live: LiveRosters }): Route[] {
  return [
    gatheringRoute({
      method: 'get',
      path: '/api/gatherings/:gathering/differences',
      summary: `What the official list changed for whom, ${PAGE} a page; \`counts\` are of all.`,
      query: {
        kind: `One of ${KINDS.join(', ')}.`,
        search: 'Part of a name.',
        cursor: 'The `nextCursor` of the page before.',
      },
      access: { who: 'gathering', field: 'people' },
      answer: DifferenceList,
      handle: async (req, res, call) => {
        const kind = readKind(queryText(req, 'kind'))
        const { items, counts } = await changedFor(live, call)
        const shown = seesEmails(call) ? items : items.map(hideTypedAddresses)
        const chosen = selectDifferences(shown, { kind, search: queryText(req, 'search') ?? '' })
        const answer: DifferenceList = { ...pageOf(req, chosen, PAGE), counts }
        res.set('Cache-Control', 'no-store').json(answer)
      },
    }),
  ]
}

async function changedFor(
  live: LiveRosters,
  { viewer, gatheringId }: Pick<GatheringCall, 'viewer' | 'gatheringId'>,
): Promise<ChangedByReport> {
  const changed = await live.changedByReport(viewer.installationId, gatheringId)
  if (changed === null) throw new RollbookError('not_found', 'This gathering is not there any more.')
  return changed
}

function readKind(text: string | null): Difference['kind'] | undefined {
  const kind = KINDS.find((one) => one === text)
  if (text !== null && kind === undefined) throw badQuery('kind', `Use one of ${KINDS.join(', ')}.`)
  return kind
}
