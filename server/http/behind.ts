import type { Request } from 'express'
import type * as z from 'zod/mini'
import { RollbookError } from '../errors.ts'
import type { Behind, LiveRosters } from '../rosters/index.ts'
import { seesEmails } from './live.ts'
import { gatheringRoute, type GatheringCall, type Route } from './route.ts'

/** What the rows of the list are made of. @throws RollbookError not_found */
export async function behindOf(
  live: LiveRosters,
  { viewer, gatheringId }: Pick<GatheringCall, 'viewer' | 'gatheringId'>,
): Promise<Behind> {
  const behind = await live.behind(viewer.installationId, gatheringId)
  if (behind === null) throw new RollbookError('not_found', 'This gathering is not there any more.')
  return behind
}

/**
 * A route that tells what is behind the list, for whoever may read the list; `hide` takes out what those who may not read
 * addresses do not get.
 */
export function behindRoute<Schema extends z.ZodMiniType>(
  live: LiveRosters,
  route: {
    path: string
    summary: string
    query?: Record<string, string>
    answer: Schema
    read: (behind: Behind, call: GatheringCall, req: Request) => z.infer<Schema> | Promise<z.infer<Schema>>
    hide: (answer: z.infer<Schema>) => z.infer<Schema>
  },
): Route {
  const { read, hide, ...described } = route
  return gatheringRoute({
    method: 'get',
    ...described,
    access: { who: 'gathering', field: 'people' },
    handle: async (req, res, call) => {
      const answer = await read(await behindOf(live, call), call, req)
      res.set('Cache-Control', 'no-store').json(seesEmails(call) ? answer : hide(answer))
    },
  })
}
