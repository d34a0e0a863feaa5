import type pg from 'pg'
import { migrationNames } from '../migrations/index.ts'

/** Tables the migrations make, as the database itself describes them: a new migration's table is in the next backup. */
export interface CatalogTable {
  table: string
  /** In their order; generated ones are computed again and not among them. */
  columns: string[]
}

/** Said in `header.migrations` instead, and written by the migrations that run at restore. */
const MIGRATIONS_TABLE = 'schema_migrations'

/** Every table with rows of ours, each after the tables its foreign keys point to, so that rows can be put in in this order. */
export async function tablesInOrder(client: pg.ClientBase): Promise<CatalogTable[]> {
  const { rows: tables } = await client.query<CatalogTable>(
    `select c.relname as table,
       array(select a.attname::text from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
         order by a.attnum) as columns
     from pg_class c
     where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and c.relname <> $1
     order by c.relname`,
    [MIGRATIONS_TABLE],
  )
  const { rows: references } = await client.query<{ table: string; needs: string }>(
    `select child.relname as table, parent.relname as needs
     from pg_constraint k join pg_class child on child.oid = k.conrelid join pg_class parent on parent.oid = k.confrelid
     where k.contype = 'f' and k.conrelid <> k.confrelid and child.relnamespace = current_schema()::regnamespace`,
  )
  const ordered: CatalogTable[] = []
  const waiting = new Set(tables)
  const open = (name: string) => [...waiting].some(({ table }) => table === name)
  while (waiting.size > 0) {
    const next = [...waiting].find(
      ({ table }) => !references.some((one) => one.table === table && open(one.needs)),
    )
    if (!next) throw new Error('Tables refer to each other in a circle; a backup has no order for them.')
    waiting.delete(next)
    ordered.push(next)
  }
  return ordered
}

/** What this database was migrated to, oldest first; null when it is none of Rollbook's. */
export async function migrationsOf(client: pg.ClientBase): Promise<string[] | null> {
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
    MIGRATIONS_TABLE,
  ])
  if (!rows[0]?.there) return null
  const { rows: ran } = await client.query<{ name: string }>(
    `select name from ${MIGRATIONS_TABLE} order by name`,
  )
  return ran.length === 0 ? null : ran.map(({ name }) => name)
}

/** The first migration that this version does not know; null when it knows all. */
export const unknownMigration = (names: readonly string[]): string | null =>
  names.find((name, index) => migrationNames()[index] !== name) ?? null

/** What stands in the schema that an empty database has not; what extensions brought does not count. */
export async function somethingIn(client: pg.ClientBase): Promise<string | null> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
       and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     order by c.relname limit 1`,
  )
  return rows[0]?.name ?? null
}

/** Columns that number their rows by themselves, with the sequence that counts. */
export async function countedColumns(
  client: pg.ClientBase,
): Promise<{ table: string; column: string; sequence: string }[]> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(
    `select c.relname as table, a.attname as column,
       pg_get_serial_sequence(format('%I', c.relname), a.attname) as sequence
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and a.attnum > 0 and not a.attisdropped
       and pg_get_serial_sequence(format('%I', c.relname), a.attname) is not null
     order by 1, 2`,
  )
  return rows
}

/** The operator's keys under which the wrapped keys in the database lie: the `kid` of each JWE's protected header. */
export async function keysInUse(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ kid: string }>(
    `select distinct convert_from(decode(rpad(head, (length(head) + 3) / 4 * 4, '='), 'base64'), 'utf8')::json ->> 'kid' as kid
     from (select translate(split_part(wrapped, '.', 1), '-_', '+/') as head
       from (select wrapped from deployment_keys union all select wrapped from data_keys) as wrapping) as heads
     order by kid`,
  )
  return rows.map(({ kid }) => kid)
}
