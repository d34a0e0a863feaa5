import type { ReportSource } from '../../shared/wire/report.ts'
import { scopeFor, type Scope } from './capabilities.ts'
import type { WithToken } from './paging.ts'
import type { ReportSubject } from './past-meetings.ts'
import type { CallAs, TokenCupboard, TokenHolder } from './ports.ts'
import type { ServerToServer } from './server-to-server.ts'
import { NOT_CONNECTED, ZoomError } from './zoom-error.ts'

/** As whom Zoom is asked for a list after a meeting, and for which of its lists. */
export interface ListAccess {
  source: ReportSource
  withToken: WithToken
  /** As whoever connected, for what else they granted; null: nobody did. */
  asMember: WithToken | null
}

/** Whose list it is. */
export interface ListOwner {
  /** Who of the installation is connected; null: nobody. */
  who: TokenHolder | null
  /** Whether the installation belongs to this Zoom account. */
  accountIs: (zoomAccountId: string) => boolean
}

export interface ListAccessParts {
  profile: 'user' | 'account'
  callAs: CallAs
  cupboard: Pick<TokenCupboard, 'find'>
  /** Null: the operator lends none. */
  serverToServer: ServerToServer | null
  log: { warn(fields: Record<string, unknown>, message: string): void }
}

export type ListAccessOf = (owner: ListOwner, kind: ReportSubject['kind']) => Promise<ListAccess>

const reportScopes = {
  meeting: 'report:read:list_meeting_participants',
  webinar: 'report:read:list_webinar_participants',
} as const satisfies Record<ReportSubject['kind'], Scope>
/** Of a meeting Zoom is asked first whether it is the one we mean. */
const lentScopes: Record<ReportSubject['kind'], readonly Scope[]> = {
  meeting: [reportScopes.meeting, 'meeting:read:past_meeting'],
  webinar: [reportScopes.webinar],
}

/**
 * The best list the rights allow. An administrator's rights reach the report, which knows breakout rooms; a user's reach the
 * list of past meetings, which does not. The account's own server-to-server app goes first; when Zoom does not take its
 * credentials, the rights of whoever connected have to do.
 *
 * @throws ZoomError kind `reconnect` when nobody is connected
 */
export function createListAccess(parts: ListAccessParts): ListAccessOf {
  const { profile, callAs, cupboard, serverToServer, log } = parts

  async function lent({ accountIs }: ListOwner, kind: ReportSubject['kind']): Promise<WithToken | null> {
    if (serverToServer === null || !accountIs(serverToServer.accountId)) return null
    try {
      const scopes = await serverToServer.scopes()
      const mayRead = lentScopes[kind].every((scope) => scopes.has(scopeFor(scope, 'server_to_server')))
      return mayRead ? serverToServer.withToken : null
    } catch (error) {
      if (!(error instanceof ZoomError) || error.kind === 'unavailable') throw error
      log.warn({ code: error.code }, 'Zoom does not take the credentials of the server-to-server app')
      return null
    }
  }

  return async (owner, kind) => {
    const { who } = owner
    const asMember: WithToken | null = who && ((_operation, use) => callAs(who, use))
    const asAccount = await lent(owner, kind)
    if (asAccount !== null) return { source: 'report', withToken: asAccount, asMember }
    if (who === null || asMember === null)
      throw new ZoomError({ path: '', status: null, code: NOT_CONNECTED, trackingId: null })
    if (profile === 'user') return { source: 'past', withToken: asMember, asMember }
    const kept = await cupboard.find(who)
    const mayReport = kept?.scopes.includes(scopeFor(reportScopes[kind], profile)) ?? false
    // Without the right Zoom says so itself, and the host reads what to ask for.
    if (!mayReport) log.warn({ ...who, kind }, 'the account has not granted its reports')
    return { source: 'report', withToken: asMember, asMember }
  }
}
