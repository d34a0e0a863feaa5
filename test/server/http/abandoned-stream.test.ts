import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { expect, it } from 'vitest'
import type { StreamEnd } from '../../../shared/wire/index.ts'
import { liveRoutes, type LiveRouteParts } from '../../../server/http/live.ts'

it('leaves nothing behind when the reader goes before the first snapshot is ready', async () => {
  let release = (): void => undefined
  let asked = (): void => undefined
  const snapshotAsked = new Promise<void>((resolve) => (asked = resolve))
  const watching = new Set<string>()
  const streams = new Set<(end: StreamEnd) => void>()
  const viewer = { kind: 'member', installationId: 'i', memberId: 'm' }
  const parts = {
    live: {
      watch: () => {
        watching.add('roster')
        return () => watching.delete('roster')
      },
      snapshot: () =>
        new Promise((resolve) => {
          release = () => {
            resolve({ version: 1, people: [] })
          }
          asked()
        }),
      changesAfter: () => null,
    },
    keeper: {
      clock: () => 0,
      viewerOf: () => Promise.resolve(viewer),
      reach: () => Promise.resolve({ viewer, access: { hostMemberId: 'm', grants: [] } }),
      watch: () => {
        watching.add('session')
        return () => watching.delete('session')
      },
    },
    streams,
    onError: () => undefined,
  } as unknown as LiveRouteParts
  const route = liveRoutes(parts).find(({ path }) => path.endsWith('/live'))
  const app = express()
  let closed = (): void => undefined
  const connectionClosed = new Promise<void>((resolve) => (closed = resolve))
  let answered: Promise<void> | undefined
  app.get('/:gathering', (req, res) => {
    res.on('close', () => {
      closed()
    })
    answered = route?.run(req, res, parts.keeper)
  })
  const server = createServer(app).listen(0)
  const leaving = new AbortController()
  const { port } = server.address() as AddressInfo
  const reading = fetch(`http://localhost:${port}/g`, { signal: leaving.signal }).catch(() => null)
  await snapshotAsked
  leaving.abort()
  await Promise.all([reading, connectionClosed])
  release()
  await answered
  expect([watching.size, streams.size]).toEqual([0, 0])
  server.close()
})
