import { createHash } from 'node:crypto'
import { PolicyAnswer, PolicyChange, type PolicyPart } from '../../shared/wire/index.ts'
import { RollbookError } from '../errors.ts'
import type { Behind, LiveRosters, Policies } from '../rosters/index.ts'
import { behindOf, behindRoute } from './behind.ts'
import { gatheringRoute, type Route } from './route.ts'
import { parseBody, requireZone } from './validate.ts'

export interface PolicyRouteParts {
  live: LiveRosters
  policies: Policies
  clock: () => number
}

/** What a list is judged by: for everything, for a meeting number, for one gathering. */
export function policyRoutes({ live, policies, clock }: PolicyRouteParts): Route[] {
  return [
    behindRoute(live, {
      path: '/api/gatherings/:gathering/policy',
      summary: 'The rules this list is judged by, and where each was set.',
      answer: PolicyAnswer,
      read: toAnswer,
      hide: (answer) => answer,
    }),
    gatheringRoute({
      method: 'post',
      path: '/api/gatherings/:gathering/policy',
      summary:
        'Puts these rules in the place of all the scope said before; `{}` takes them back. `basedOn` is the revision of the part that was changed: once the scope says something else, nothing is replaced (409). For everything: the installation’s owner only. For the number of a gathering without one: 409.',
      access: { who: 'gathering', field: 'manage', fresh: true },
      body: PolicyChange,
      answer: PolicyAnswer,
      handle: async (req, res, call) => {
        const { scope, part, basedOn } = parseBody(PolicyChange, req.body)
        if (part.zone !== undefined) requireZone(part.zone, 'part.zone')
        if (scope === 'installation' && !call.viewer.admin) {
          throw new RollbookError(
            'forbidden',
            'Only the owner of an installation sets rules for all its lists. Set them for this meeting instead.',
          )
        }
        // Asked again because the answer was lost, it is what it was to become.
        const known = [basedOn, revisionOf(part)]
        const outcome = await policies.set(call.viewer, call.gatheringId, {
          ...{ scope, part, atMs: clock() },
          mayReplace: (stored) => known.includes(revisionOf(stored)),
        })
        if (outcome === 'changed') {
          throw new RollbookError(
            'conflict',
            'Somebody changed these rules since they were read. Read them again, change them, and send them with their new revision.',
          )
        }
        if (outcome === 'conflict') {
          throw new RollbookError(
            'conflict',
            'This gathering has no meeting number to set rules for. Set them for the gathering instead.',
          )
        }
        live.wake(call.gatheringId)
        res.json(toAnswer(await behindOf(live, call)))
      },
    }),
  ]
}

const toAnswer = ({ policy, parts }: Behind): PolicyAnswer => ({
  effective: policy,
  parts,
  revisions: {
    installation: revisionOf(parts.installation),
    number: parts.number && revisionOf(parts.number),
    gathering: revisionOf(parts.gathering),
  },
})

/** Parts are kept with their rules in the order of the schema, so equal ones are equal as text. */
const revisionOf = (part: PolicyPart): string =>
  createHash('sha256').update(JSON.stringify(part)).digest('base64url').slice(0, 22)
