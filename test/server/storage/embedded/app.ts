/** A process that owns an embedded database, so that a test can kill it: `tsx app.ts DATA_DIR`, then a line for each row to write. */
import { createInterface } from 'node:readline'
import pg from 'pg'
import { startEmbedded } from '../../../../server/storage/embedded/index.ts'
import { silentLog } from '../../../support/log.ts'

const [, , dataDir = ''] = process.argv
try {
  const database = await startEmbedded({ dataDir, fsync: true, log: silentLog })
  const client = new pg.Client(database.connection)
  await client.connect()
  await client.query('create table if not exists acknowledged (n bigint generated always as identity)')
  const { rows } = await client.query<{ n: string }>('select count(*) as n from acknowledged')
  process.stdout.write(`${JSON.stringify({ pid: database.pid, rows: Number(rows[0]?.n) })}\n`)
  for await (const _line of createInterface({ input: process.stdin })) {
    await client.query('insert into acknowledged default values')
    process.stdout.write(`${JSON.stringify({ acknowledged: true })}\n`)
  }
} catch (error) {
  process.stdout.write(
    `${JSON.stringify({ refused: error instanceof Error ? error.message : String(error) })}\n`,
  )
  process.exit(1)
}
