import type {
  Kysely,
  KyselyPlugin,
  PluginTransformQueryArgs,
  PluginTransformResultArgs,
  QueryResult,
  RootOperationNode,
  UnknownRow,
} from 'kysely'
import { checkStatement } from './tenant-check.ts'
import type { Tables } from './tables.ts'

export type Database = Kysely<Tables>

/** Refuses every statement on a tenant table that does not say whose rows it means. The rules: `tenant-check.ts`. */
export class TenancyPlugin implements KyselyPlugin {
  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    checkStatement(node)
    return node
  }

  transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return Promise.resolve(result)
  }
}

/** Every job that may look across installations, and why it has to. */
const crossTenantJobs = {
  'find installation': 'whose webhook or whose app context this is cannot be known before looking',
  'find meeting anywhere': 'a co-host may sit in a meeting another installation records',
  'compare accounts': 'whether two installations belong to one Zoom account is known to neither alone',
  'find oneself elsewhere':
    'a co-host’s session is of one installation, and what the same Zoom user may read lies in several',
  'list history': 'gatherings somebody was granted elsewhere stand beside their own',
  'take over sessions': 'a context exchanged again ends its first session, wherever that was opened',
  'find export link': 'the system browser brings nothing but the link',
  'open wide view': 'the system browser brings nothing but the code',
  'find wide views': 'somebody may have handed over panels of several installations',
  'accept deliveries': 'one commit serves the waiting deliveries of all installations',
  'drain inbox': 'pending deliveries are taken in the order they came, whoever they belong to',
  'count inbox': 'a figure for the operator',
  'plan reports': 'meetings end in every installation, and their reports are planned by one loop',
  'take a due report': 'what is due is taken in the order of its time, whoever it belongs to',
  'count reports': 'a figure for the operator',
  'plan registrations': 'meetings begin and end in every installation, and one loop plans their lists',
  'take due registrations': 'what is due is taken in the order of its time, whoever it belongs to',
  'adopt imports':
    'meetings that files told of first appear in every installation, and one loop looks for them',
  'count people': 'gatherings that are over are counted one by one, whoever they belong to',
  'deauthorize user': 'who removes the app loses sessions and grants wherever they helped',
  sweep: 'what expired goes, everywhere',
} as const

export type CrossTenantJob = keyof typeof crossTenantJobs

/** The one way around the refusal, for the jobs listed above only. Works inside a transaction too. */
export function crossTenant<T>(job: CrossTenantJob, db: Database, use: (db: Database) => T): T {
  if (!Object.hasOwn(crossTenantJobs, job)) throw new Error(`No cross-tenant job is called ${String(job)}.`)
  return use(db.withoutPlugins())
}
