import { createPolicyRules } from '../../shared/people/index.ts'
import { PolicyAnswer, PolicyChange } from '../../shared/wire/index.ts'
import { RollbookError } from '../errors.ts'
import { defaultPolicy, type LiveRosters, type Policies } from '../rosters/index.ts'
import { behindOf } from './corrections.ts'
import { gatheringRoute, type GatheringCall, type Route } from './route.ts'
import { parseBody } from './validate.ts'

export interface PolicyRouteParts {
  live: LiveRosters
  policies: Policies
  clock: () => number
}

/** What a list is judged by: for everything, for a meeting number, for one gathering. */
export function policyRoutes({ live, policies, clock }: PolicyRouteParts): Route[] {
  return [
    gatheringRoute({
      method: 'get',
      path: '/api/gatherings/:gathering/policy',
      summary: 'The rules this list is judged by, and where each was set.',
      access: { who: 'gathering', field: 'people' },
      answer: PolicyAnswer,
      handle: async (_req, res, call) => {
        res.set('Cache-Control', 'no-store').json(await policyOf(live, call))
      },
    }),
    gatheringRoute({
      method: 'post',
      path: '/api/gatherings/:gathering/policy',
      summary:
        'Puts these rules in the place of all the scope said before; `{}` takes them back. For everything: the installation’s owner only. For the number of a gathering without one: 409.',
      access: { who: 'gathering', field: 'manage', fresh: true },
      body: PolicyChange,
      answer: PolicyAnswer,
      handle: async (req, res, call) => {
        const { scope, part } = parseBody(PolicyChange, req.body)
        if (part.zone !== undefined) requireZone(part.zone)
        if (scope === 'installation' && !call.viewer.admin) {
          throw new RollbookError(
            'forbidden',
            'Only the owner of an installation sets rules for all its lists. Set them for this meeting instead.',
          )
        }
        const change = { scope, part, atMs: clock() }
        if ((await policies.set(call.viewer, call.gatheringId, change)) === 'conflict') {
          throw new RollbookError(
            'conflict',
            'This gathering has no meeting number to set rules for. Set them for the gathering instead.',
          )
        }
        live.wake(call.gatheringId)
        res.json(await policyOf(live, call))
      },
    }),
  ]
}

async function policyOf(live: LiveRosters, call: GatheringCall): Promise<PolicyAnswer> {
  const { policy, parts } = await behindOf(live, call)
  return { effective: policy, parts }
}

function requireZone(zone: string): void {
  try {
    createPolicyRules({ ...defaultPolicy, zone })
  } catch {
    throw new RollbookError(
      'bad_request',
      `"${zone.slice(0, 40)}" is not a time zone. Use an IANA name such as Asia/Yekaterinburg.`,
      { fields: [{ path: 'part.zone', message: 'not an IANA time zone' }] },
    )
  }
}
