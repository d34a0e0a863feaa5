import type { Caller } from './who-may-callers.ts'

/** Statuses by caller: about the `own` gathering (user-managed, hosted by `host`) and the `account` one (account-managed). */
type Expected = { own: Record<Caller, number>; account: Record<Caller, number> }

const gatheringTable = (allowed: {
  host: number
  cohost: number
  admin: number
  accountHost: number
  /** In the meeting itself, so it is no secret that it is recorded. */
  participant?: number
}): Expected => ({
  own: {
    host: allowed.host,
    'second host of the same Zoom account': 404,
    'host of the account-managed meeting': 404,
    'second host in the account-managed installation': 404,
    'its admin': 404,
    'co-host by grant': allowed.cohost,
    'co-host without grant': 404,
    participant: allowed.participant ?? 403,
    'foreign installation': 404,
    nobody: 401,
  },
  account: {
    host: 404,
    'second host of the same Zoom account': 404,
    'host of the account-managed meeting': allowed.accountHost,
    'second host in the account-managed installation': 403,
    'its admin': allowed.admin,
    'co-host by grant': 404,
    'co-host without grant': 404,
    participant: 404,
    'foreign installation': 404,
    nobody: 401,
  },
})
const read = gatheringTable({ host: 200, cohost: 200, admin: 200, accountHost: 200 })

const manage = (owner: number): Expected =>
  gatheringTable({ host: owner, cohost: 403, admin: owner, accountHost: owner })

/** Routes about a gathering: what everybody gets, in either of the two. */
export const gatheringRoutes: Record<string, Expected> = {
  'get /api/gatherings/:gathering/roster': read,
  'get /api/gatherings/:gathering/live': read,
  'post /api/gatherings/:gathering/observations': gatheringTable({
    host: 204,
    cohost: 204,
    admin: 403,
    accountHost: 204,
  }),
  'post /api/gatherings/:gathering/exports': gatheringTable({
    host: 201,
    cohost: 201,
    admin: 201,
    accountHost: 201,
  }),
  'post /api/gatherings/:gathering/clipboard': read,
  'get /api/gatherings/:gathering': read,
  'get /api/gatherings/:gathering/differences': read,
  'get /api/gatherings/:gathering/own-line': gatheringTable({
    host: 200,
    cohost: 200,
    admin: 200,
    accountHost: 200,
    participant: 200,
  }),
  // The other gathering is nobody's, and the meeting is not one that was joined.
  'post /api/gatherings/:gathering/joined': manage(404),
  'post /api/gatherings/:gathering/kept-apart': manage(404),
  'post /api/gatherings/:gathering/split': manage(409),
  // Nobody of that name is on the list, no connection of that name in it, and nothing was corrected yet.
  'get /api/gatherings/:gathering/people/:person': gatheringTable({
    host: 404,
    cohost: 404,
    admin: 404,
    accountHost: 404,
  }),
  'get /api/gatherings/:gathering/proposals': read,
  'get /api/gatherings/:gathering/cleanings': read,
  'get /api/gatherings/:gathering/corrections': read,
  'post /api/gatherings/:gathering/corrections': manage(409),
  'post /api/gatherings/:gathering/corrections/:seq/undo': manage(404),
  'post /api/gatherings/:gathering/corrections/:seq/redo': manage(404),
  'get /api/gatherings/:gathering/policy': read,
  'post /api/gatherings/:gathering/policy': manage(200),
  // Owners have nobody to ask.
  'post /api/gatherings/:gathering/access-requests': gatheringTable({
    host: 409,
    cohost: 204,
    admin: 409,
    accountHost: 409,
  }),
  // There is nothing to read again while the meeting goes on.
  'post /api/gatherings/:gathering/report/retry': gatheringTable({
    host: 409,
    cohost: 403,
    admin: 409,
    accountHost: 409,
  }),
}

/** Routes about the caller and their own installation. */
const sessionTable = (owner: number, member: number): Record<Caller, number> => ({
  host: owner,
  'second host of the same Zoom account': owner,
  'host of the account-managed meeting': member,
  'second host in the account-managed installation': member,
  'its admin': owner,
  'co-host by grant': owner,
  'co-host without grant': owner,
  participant: owner,
  'foreign installation': owner,
  nobody: 401,
})

/** Routes that need a session and no gathering. */
export const sessionRoutes: Record<string, Record<Caller, number>> = {
  'get /api/gatherings': sessionTable(200, 200),
  'get /api/settings': sessionTable(200, 200),
  'post /api/settings/cohost-policy': sessionTable(204, 403),
  // Nobody of that name is there, and only an owner learns so.
  'post /api/settings/cohosts/:member': sessionTable(404, 403),
  'post /api/settings/requests/:request': sessionTable(404, 403),
  'get /api/imports': sessionTable(200, 403),
  'post /api/imports/preview': sessionTable(200, 403),
  // The file is sent as what it is not, and only an owner learns so.
  'post /api/imports': sessionTable(400, 403),
  'delete /api/imports/:import': sessionTable(404, 403),
  'get /api/session': sessionTable(200, 200),
  'post /api/handover': sessionTable(201, 201),
  'post /api/handover/end': sessionTable(204, 204),
}

/** Routes that end something of the caller; tried last, each caller with a session of its own. */
export const partingRoutes: Record<string, Record<Caller, number>> = {
  'post /api/session/end': sessionTable(204, 204),
  // In a list of somebody else's Rollbook there is nothing of one's own to disconnect.
  'post /api/disconnect': { ...sessionTable(204, 403), 'co-host by grant': 403 },
}

/**
 * The host's wide view while the meeting runs: everything that can be read, nothing that a panel has to see or that needs
 * Zoom's word of this moment. Without the header of our own page, or from another site, it is nobody's.
 */
export const inWideView: Record<string, number> = {
  ...Object.fromEntries(Object.entries(gatheringRoutes).map(([route, { own }]) => [route, own.host])),
  ...Object.fromEntries(Object.entries(sessionRoutes).map(([route, expected]) => [route, expected.host])),
  'post /api/gatherings/:gathering/observations': 403,
  'post /api/gatherings/:gathering/exports': 403,
  'post /api/gatherings/:gathering/clipboard': 403,
  'post /api/gatherings/:gathering/corrections': 403,
  'post /api/gatherings/:gathering/corrections/:seq/undo': 403,
  'post /api/gatherings/:gathering/corrections/:seq/redo': 403,
  'post /api/gatherings/:gathering/policy': 403,
  'post /api/handover': 403,
}

/** Routes without a session: the same answer to everybody, and what it is. */
export const openRoutes: Record<string, number> = {
  'post /webhooks/zoom': 401,
  'get /': 200,
  'get /oauth/install': 302,
  'get /oauth/callback': 200,
  'post /api/session': 400,
  'post /api/authorization': 400,
  'post /api/authorization/code': 400,
  'get /wide': 200,
  'get /wide/:code': 410,
  'post /wide/:code': 410,
  'get /exports/:link': 410,
  'post /exports/:link': 410,
  'get /exports/files/:ticket': 410,
  'get /healthz': 200,
  'get /readyz': 200,
  'get /metrics': 200,
  'get /api/openapi.json': 200,
}
