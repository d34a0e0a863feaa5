import type pg from 'pg'

/**
 * For this transaction: neither a role's nor a server's time limits, which are meant for statements of a living
 * program, and the plain spelling of values. Not every PostgreSQL knows every limit.
 */
export async function withoutTimeouts(client: pg.ClientBase): Promise<void> {
  await client.query(
    `select set_config(name, '0', true) from pg_settings
     where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')`,
  )
  await client.query(`set local datestyle = 'ISO'`)
}
