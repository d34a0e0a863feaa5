/**
 * What our webhook door is measured against: a route that checks the signature of the raw body and says thanks, storing
 * nothing. A process of its own, told its secret by environment; it tells its port to whoever started it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import express from 'express'

const secret = process.env['SECRET'] ?? ''
const app = express()
app.post('/webhooks/zoom', express.raw({ type: () => true, limit: '1mb' }), (req, res) => {
  const timestamp = req.get('x-zm-request-timestamp') ?? ''
  const hmac = createHmac('sha256', secret)
    .update(`v0:${timestamp}:`)
    .update(req.body as Buffer)
  const expected = Buffer.from(`v0=${hmac.digest('hex')}`)
  const signature = Buffer.from(req.get('x-zm-signature') ?? '')
  const fits = signature.length === expected.length && timingSafeEqual(signature, expected)
  res.status(fits ? 200 : 401).end()
})
const server = app.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port)
})
process.once('disconnect', () => process.exit(0))
