import { describe, expect, it } from 'vitest'
import { startDueLoop } from '../../../server/jobs/index.ts'

const NEVER_MS = 2 ** 30
const gate = () => {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { open: () => open(), opened }
}

describe('the due loop', () => {
  it('goes on until nothing is due, also for what became due on the way', async () => {
    let due = 3
    const loop = startDueLoop({
      work: [{ name: 'work', runDue: () => Promise.resolve(due > 0 ? ((due -= 1), 1) : 0) }],
      ...{ clock: () => 0, onError: () => undefined, everyMs: NEVER_MS },
    })
    await loop.runDue()
    expect(due).toBe(0)
    await loop.stop()
  })

  it('waits for what another pass is doing', async () => {
    const { open, opened } = gate()
    let done = false
    let first = true
    const loop = startDueLoop({
      work: [
        {
          name: 'slow',
          runDue: async () => {
            if (!first) return 0
            first = false
            await opened
            done = true
            return 1
          },
        },
      ],
      ...{ clock: () => 0, onError: () => undefined, everyMs: NEVER_MS },
    })
    const drained = loop.runDue()
    open()
    await drained
    expect(done).toBe(true)
    await loop.stop()
  })

  it('waits for a pass that began while it looked and took what was due', async () => {
    const [own, other] = [gate(), gate()]
    let done = false
    const passes = [
      () => Promise.resolve(0),
      () => own.opened.then(() => 0),
      () => other.opened.then(() => ((done = true), 1)),
    ]
    const loop = startDueLoop({
      work: [{ name: 'shared', runDue: () => passes.shift()?.() ?? Promise.resolve(0) }],
      ...{ clock: () => 0, onError: () => undefined, everyMs: NEVER_MS },
    })
    // What the loop looks for when it starts is over.
    await new Promise(setImmediate)
    const drained = loop.runDue()
    loop.wake()
    own.open()
    setImmediate(() => other.open())
    await drained
    expect(done).toBe(true)
    await loop.stop()
  })

  it('is told of a failure and goes on with other work', async () => {
    const errors: unknown[] = []
    let ran = 0
    const loop = startDueLoop({
      work: [
        { name: 'broken', runDue: () => Promise.reject(new Error('broken')) },
        { name: 'fine', runDue: () => Promise.resolve(((ran += 1), 0)) },
      ],
      ...{ clock: () => 0, onError: (error) => errors.push(error), everyMs: NEVER_MS },
    })
    await loop.runDue()
    expect(ran).toBeGreaterThan(0)
    expect(errors.length).toBe(ran)
    await loop.stop()
  })

  it('begins nothing after it was stopped, and never has more than a few passes under way', async () => {
    const { open, opened } = gate()
    let begun = 0
    const loop = startDueLoop({
      work: [{ name: 'hanging', runDue: () => ((begun += 1), opened.then(() => 0)) }],
      ...{ clock: () => 0, onError: () => undefined, everyMs: NEVER_MS },
    })
    for (let i = 0; i < 50; i++) loop.wake()
    expect(begun).toBe(4)
    const stopped = loop.stop()
    loop.wake()
    open()
    await stopped
    expect(begun).toBe(4)
  })
})
