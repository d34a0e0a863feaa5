import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely'
import { describe, expect, it } from 'vitest'
import type { Tables } from '../../../server/storage/tables.ts'
import type { CrossTenantJob } from '../../../server/storage/tenancy.ts'
import { crossTenant, TenancyPlugin } from '../../../server/storage/tenancy.ts'

const db = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (any) => new PostgresIntrospector(any),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  plugins: [new TenancyPlugin()],
})
const A = '00000000-0000-4000-8000-00000000000a'

interface Statement {
  compile(): unknown
}

const refused: Record<string, () => Statement> = {
  'a select without a condition': () => db.selectFrom('evidence').selectAll(),
  'a select by another key': () => db.selectFrom('meetings').selectAll().where('id', '=', A),
  'an update without the installation': () =>
    db.updateTable('gatherings').set({ version: 1 }).where('id', '=', A),
  'a delete without the installation': () => db.deleteFrom('sessions').where('id', '=', A),
  'a delete with USING of a loose table': () =>
    db.deleteFrom('grants').using('members').where('grants.installation_id', '=', A),
  'an update FROM a loose table': () =>
    db.updateTable('meetings').from('members').set({ number: '1' }).where('meetings.installation_id', '=', A),
  'an installation on one side of an OR': () =>
    db
      .selectFrom('members')
      .selectAll()
      .where((eb) => eb.or([eb('installation_id', '=', A), eb('admin', '=', true)])),
  'an installation compared with something else than =': () =>
    db.selectFrom('members').selectAll().where('installation_id', '!=', A),
  'a list of installations': () => db.selectFrom('members').selectAll().where('installation_id', 'in', [A]),
  'a negated condition': () =>
    db
      .selectFrom('members')
      .selectAll()
      .where((eb) => eb.not(eb('installation_id', '=', A))),
  'a column compared with itself': () =>
    db.selectFrom('members').selectAll().whereRef('installation_id', '=', 'installation_id'),
  'a join whose second table is loose': () =>
    db
      .selectFrom('evidence')
      .innerJoin('meetings', 'meetings.id', 'evidence.meeting_id')
      .selectAll('evidence')
      .where('evidence.installation_id', '=', A),
  'a left join whose ON alone names the installation': () =>
    db
      .selectFrom('evidence as e')
      .leftJoin('meetings as m', (on) => on.on('e.installation_id', '=', A).on('m.installation_id', '=', A))
      .selectAll('e'),
  'a full join': () =>
    db
      .selectFrom('evidence as e')
      .fullJoin('meetings as m', (on) => on.onRef('e.installation_id', '=', 'm.installation_id'))
      .selectAll('e')
      .where('e.installation_id', '=', A),
  'two tables that only pin each other': () =>
    db
      .selectFrom('evidence')
      .innerJoin('meetings', 'meetings.installation_id', 'evidence.installation_id')
      .selectAll('evidence'),
  'a loose table under an alias': () => db.selectFrom('members as people').selectAll(),
  'a cross join': () =>
    db.selectFrom(['members', 'grants']).selectAll('members').where('members.installation_id', '=', A),
  'a loose subquery in a condition': () =>
    db
      .selectFrom('sessions')
      .selectAll()
      .where('installation_id', '=', A)
      .where('member_id', 'in', (eb) => eb.selectFrom('members').select('id')),
  'a loose subquery as a column': () =>
    db
      .selectFrom('gatherings')
      .select((eb) => eb.selectFrom('meetings').select('uuid').limit(1).as('uuid'))
      .where('installation_id', '=', A),
  'a loose subquery in FROM': () =>
    db.selectFrom((eb) => eb.selectFrom('members').selectAll().as('everybody')).selectAll(),
  'a loose CTE': () =>
    db
      .with('everybody', (with_) => with_.selectFrom('members').selectAll())
      .selectFrom('everybody')
      .selectAll(),
  'a CTE that lends its name to a table behind its schema': () =>
    db
      .with('members', (with_) => with_.selectFrom('used_contexts').selectAll())
      .selectFrom('public.members' as 'members')
      .selectAll(),
  'a loose delete in a CTE': () =>
    db
      .with('gone', (with_) => with_.deleteFrom('tokens').returning('member_id'))
      .selectFrom('gone')
      .selectAll(),
  'a loose second half of a UNION': () =>
    db
      .selectFrom('members')
      .select('id')
      .where('installation_id', '=', A)
      .union(db.selectFrom('members').select('id')),
  'an insert without the column': () =>
    db.insertInto('gatherings').values({ id: A, created_at_ms: 0 } as never),
  'an insert from a loose select': () =>
    db
      .insertInto('gatherings')
      .columns(['installation_id', 'id', 'created_at_ms'])
      .expression(db.selectFrom('gatherings').select(['installation_id', 'id', 'created_at_ms'])),
  'installations themselves without their id': () => db.selectFrom('installations').selectAll(),
}

const permitted: Record<string, () => Statement> = {
  'a select with its installation': () =>
    db.selectFrom('evidence').selectAll().where('installation_id', '=', A).where('kind', '=', 'x'),
  'an installation among conditions in brackets': () =>
    db
      .selectFrom('members')
      .selectAll()
      .where((eb) =>
        eb.and([eb('installation_id', '=', A), eb.or([eb('admin', '=', true), eb('id', '=', A)])]),
      ),
  'a join pinned through the equality of installations': () =>
    db
      .selectFrom('evidence as e')
      .innerJoin('meetings as m', (on) =>
        on.onRef('m.installation_id', '=', 'e.installation_id').onRef('m.id', '=', 'e.meeting_id'),
      )
      .leftJoin('gatherings as g', (on) => on.onRef('m.installation_id', '=', 'g.installation_id'))
      .selectAll('e')
      .where('e.installation_id', '=', A),
  'a correlated subquery': () =>
    db
      .selectFrom('gatherings')
      .selectAll()
      .where('installation_id', '=', A)
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('meetings')
            .select('id')
            .whereRef('meetings.installation_id', '=', 'gatherings.installation_id'),
        ),
      ),
  'installations by their id': () => db.selectFrom('installations').selectAll().where('id', '=', A),
  'an installation joined to its rows': () =>
    db
      .selectFrom('meetings')
      .innerJoin('installations', 'installations.id', 'meetings.installation_id')
      .select('installations.profile')
      .where('meetings.installation_id', '=', A),
  'an insert with its installation': () =>
    db.insertInto('gatherings').values({ installation_id: A, id: A, created_at_ms: 0 }),
  'an update with its installation': () =>
    db.updateTable('gatherings').set({ version: 1 }).where('installation_id', '=', A),
  'tables of the whole deployment': () => db.selectFrom('used_contexts').selectAll(),
}

describe('the tenancy check', () => {
  it.each(Object.keys(refused))('refuses %s', (name) => {
    expect(() => refused[name]?.().compile()).toThrow(/installation|whose/)
  })

  it.each(Object.keys(permitted))('permits %s', (name) => {
    expect(() => permitted[name]?.().compile()).not.toThrow()
  })

  it('refuses raw SQL that mentions a tenant table, alone or inside a statement', () => {
    expect(() => sql`select * from evidence`.compile(db)).toThrow(/Raw SQL mentions evidence/)
    const hidden = db.selectFrom('used_contexts').select(sql`(select count(*) from members)`.as('n'))
    expect(() => hidden.compile()).toThrow(/Raw SQL mentions members/)
    expect(() => sql`select * from ${sql.table('grants')}`.compile(db)).toThrow(/Raw SQL mentions grants/)
    expect(() => sql`select * from ${sql.id('grants')}`.compile(db)).toThrow(/Raw SQL mentions grants/)
    expect(() => sql`select now()`.compile(db)).not.toThrow()
  })

  it('lets a named job through, and no other name', () => {
    const all = crossTenant('sweep', db, (any) => any.selectFrom('sessions').selectAll().compile())
    expect(all.sql).toContain('from "sessions"')
    expect(() => crossTenant('peek around' as CrossTenantJob, db, () => 0)).toThrow(/No cross-tenant job/)
    expect(() => crossTenant('toString' as CrossTenantJob, db, () => 0)).toThrow(/No cross-tenant job/)
  })

  it('has one way around it: no other file leaves the plugin out', async () => {
    const room = join(import.meta.dirname, '../../../server/storage')
    const files = (await readdir(room, { recursive: true })).filter((file) => file.endsWith('.ts'))
    const around = []
    for (const file of files) {
      if (/withoutPlugins|pool\.query\(['"`](?!select 1)/.test(await readFile(join(room, file), 'utf8')))
        around.push(file)
    }
    expect(around).toEqual(['tenancy.ts'])
  })
})
