import { CleaningList } from '../../shared/wire/index.ts'
import { hideInCleanings, toCleaningList, type LiveRosters } from '../rosters/index.ts'
import { behindRoute } from './behind.ts'
import { seesEmails } from './live.ts'
import { pageOf } from './query.ts'
import type { Route } from './route.ts'

const PAGE = 200

/** Tidier spellings of the whole list, for a host to accept one by one. */
export function cleaningRoutes({ live }: { live: LiveRosters }): Route[] {
  return [
    behindRoute(live, {
      path: '/api/gatherings/:gathering/cleanings',
      summary: `Names and addresses of the list that may be written tidier, and why, ${PAGE} a page; at most 500, and \`more\` counts those beyond. Nothing of it is done by itself, and nothing is told of what the host gave. Who may not read addresses gets those of names.`,
      query: { cursor: 'The `nextCursor` of the page before.' },
      answer: CleaningList,
      read: (behind, call, req) => {
        const { items, more } = toCleaningList(behind, { emails: seesEmails(call) })
        return { ...pageOf(req, items, PAGE), more }
      },
      hide: hideInCleanings,
    }),
  ]
}
