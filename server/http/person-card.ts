import { PersonCard, ProposalList } from '../../shared/wire/index.ts'
import { RollbookError } from '../errors.ts'
import {
  hideInCard,
  hideInProposals,
  personWith,
  toAbsentCard,
  toPersonCard,
  toProposalList,
  type Corrections,
  type LiveRosters,
} from '../rosters/index.ts'
import { behindRoute } from './behind.ts'
import { pageOf } from './query.ts'
import type { Route } from './route.ts'

const PAGE = 200
/** Of how many corrections in earlier gatherings of a number something is learned. */
const MOST_LEARNED = 1_000

export interface PersonCardRouteParts {
  live: LiveRosters
  corrections: Pick<Corrections, 'learned'>
}

/** Evidence cards: why somebody is one line of the list, and who else they may be. */
export function personCardRoutes({ live, corrections }: PersonCardRouteParts): Route[] {
  return [
    behindRoute(live, {
      path: '/api/gatherings/:gathering/people/:person',
      summary:
        'Everything behind one line of the list: its connections, what ties them together, what each witness said of them, how they registered, and what may be done; of somebody who registered and did not come, the registration. An id that became an alias leads to whom they turned out to be.',
      answer: PersonCard,
      read: async (behind, { viewer, gatheringId }, req) => {
        const id = String(req.params['person'])
        const absent = behind.absentWith(id)
        if (absent !== null) return toAbsentCard(id, absent)
        const person = personWith(behind, id)
        if (person === null) {
          throw new RollbookError('not_found', 'There is no such person on this list. Load it again.')
        }
        const learned = await corrections.learned(viewer, gatheringId, MOST_LEARNED)
        return toPersonCard(behind, person, { learned, memberId: viewer.memberId })
      },
      hide: hideInCard,
    }),
    behindRoute(live, {
      path: '/api/gatherings/:gathering/proposals',
      summary: `Pairs of the list that may be one person, each once, and why, ${PAGE} a page; at most 500, and \`more\` counts those beyond. Nothing of it is done by itself.`,
      query: { cursor: 'The `nextCursor` of the page before.' },
      answer: ProposalList,
      read: async (behind, { viewer, gatheringId }, req) => {
        const learned = await corrections.learned(viewer, gatheringId, MOST_LEARNED)
        const { items, more } = toProposalList(behind, learned)
        return { ...pageOf(req, items, PAGE), more }
      },
      hide: hideInProposals,
    }),
  ]
}
