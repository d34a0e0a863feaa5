/**
 * A process that calls Zoom as one host, many times at once, with whatever tokens the database has. Told where everything is
 * by environment and when by a message; it answers how many calls went through.
 */
import { createStorage, parseEncryptionKeys } from '../../server/storage/index.ts'
import { createAuthorised, createZoomApi } from '../../server/zoom/index.ts'
import { silentLog } from '../support/log.ts'
import type { RefresherOrder } from './refresh.bench.ts'

const order = JSON.parse(process.env['ORDER'] ?? '') as RefresherOrder
const keys = parseEncryptionKeys(order.encryptionKeys)
if (!keys.ok) throw new Error(keys.problems.join(' '))
const common = { clock: Date.now, log: silentLog }
const storage = await createStorage({
  connection: order.connection,
  encryptionKeys: keys.ring,
  ...common,
})
const zoom = createZoomApi({ ...order.zoom, ...common })
const callAs = createAuthorised({ zoom, cupboard: storage.tokenCupboard, ...common })

process.once('message', () => {
  const calls = Array.from({ length: order.calls }, () => callAs(order.host, zoom.usersMe))
  void Promise.allSettled(calls).then((ends) => {
    process.send?.(ends.filter(({ status }) => status === 'fulfilled').length)
  })
})
process.once('disconnect', () => process.exit(0))
process.send?.('ready')
