/**
 * A process that sends prepared deliveries to a port of this machine as fast as they are answered, over keep-alive
 * connections. It writes to plain sockets, since a client that costs more than the server would measure itself.
 */
import { connect, type Socket } from 'node:net'
import type { PreparedDelivery } from '../support/storm-deliveries.ts'
import { sign } from '../zoom/webhook-delivery.ts'

export interface LoadOrder {
  port: number
  secret: string
  /** Deliveries under way at a time. */
  connections: number
  deliveries: PreparedDelivery[]
}

export interface LoadReport {
  /** How many were answered with which status. */
  statuses: Record<string, number>
  /** From the first byte sent to the last answer. */
  elapsedMs: number
  /** From sending a delivery to its answer. */
  p50Ms: number
  p99Ms: number
  maxMs: number
}

process.on('message', (order: LoadOrder) => {
  send(order).then(
    (report) => process.send?.(report),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.once('disconnect', () => process.exit(0))
process.send?.('ready')

async function send({ port, secret, connections, deliveries }: LoadOrder): Promise<LoadReport> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const requests = deliveries.map(({ requestId, body }) =>
    Buffer.from(
      [
        'POST /webhooks/zoom HTTP/1.1',
        `host: localhost:${port}`,
        'user-agent: Zoom Marketplace/1.0a',
        'content-type: application/json; charset=utf-8',
        `content-length: ${Buffer.byteLength(body)}`,
        `x-zm-request-id: ${requestId}`,
        `x-zm-request-timestamp: ${timestamp}`,
        `x-zm-signature: ${sign(secret, timestamp, body)}`,
        '',
        body,
      ].join('\r\n'),
    ),
  )
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(port)))
  const statuses: Record<string, number> = {}
  const latencies: number[] = []
  let next = 0
  const startedMs = performance.now()
  await Promise.all(
    sockets.map(async (socket) => {
      for (let request = requests[next++]; request; request = requests[next++]) {
        const sentMs = performance.now()
        const status = await exchange(socket, request)
        latencies.push(performance.now() - sentMs)
        statuses[status] = (statuses[status] ?? 0) + 1
      }
    }),
  )
  const elapsedMs = performance.now() - startedMs
  for (const socket of sockets) socket.destroy()
  latencies.sort((a, b) => a - b)
  const at = (share: number): number => latencies[Math.ceil(share * latencies.length) - 1] ?? 0
  return { statuses, elapsedMs, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) }
}

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.setNoDelay(true)
      resolve(socket)
    })
    socket.once('error', reject)
  })
}

/** One request, one answer of known length; resolves with its status. */
function exchange(socket: Socket, request: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const done = (): void => {
      socket.off('data', onData).off('close', onClose)
    }
    const onClose = (): void => {
      done()
      reject(new Error('The connection was closed before the answer.'))
    }
    const onData = (chunk: Buffer): void => {
      text += chunk.toString('latin1')
      const headEnds = text.indexOf('\r\n\r\n')
      if (headEnds === -1) return
      const length = Number(/content-length: (\d+)/i.exec(text.slice(0, headEnds))?.[1] ?? 0)
      if (text.length < headEnds + 4 + length) return
      done()
      resolve(text.slice(9, 12))
    }
    socket.on('data', onData).on('close', onClose)
    socket.write(request)
  })
}
