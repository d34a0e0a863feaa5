import { afterEach, describe, expect, it } from 'vitest'
import { createLesson } from '../zoom/index.ts'
import { startServer, type TestServer } from './server.ts'

const servers: TestServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0).reverse()) await server.stop()
})

async function withLesson() {
  const first = await startServer()
  servers.push(first)
  const lesson = createLesson({ clock: first.clock, seed: 1, startsAtMs: first.clock.now() + 1000 })
  first.world.add(lesson.scenario)
  await first.install(lesson.teacher.zoomUserId ?? '')
  first.webhooks.follow(lesson.scenario)
  first.clock.advanceTo(lesson.minute(5))
  await first.told()
  const context = first.world.appContext(lesson.teacher, lesson.scenario)
  return { first, lesson, context }
}

describe('a test server', () => {
  it('has a second process beside it, for which its sessions are as good', async () => {
    const { first, context } = await withLesson()
    const second = await startServer({ beside: first })
    servers.push(second)
    const { token, meeting } = await first.session(context)
    const roster = `/api/gatherings/${meeting?.gatheringId ?? ''}/roster`
    expect((await second.call(token, 'GET', roster)).status).toBe(200)
    expect(second.url).not.toBe(first.url)
  })

  it('starts again on the same address with everything it knew', async () => {
    const { first, context } = await withLesson()
    const { token, meeting } = await first.session(context)
    await first.restart()
    const roster = `/api/gatherings/${meeting?.gatheringId ?? ''}/roster`
    expect((await first.call(token, 'GET', roster)).status).toBe(200)
  })
})
