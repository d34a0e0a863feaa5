import { describe, expect, it } from 'vitest'
import { createDesk } from '../../../client/drop/create-desk.ts'
import {
  answerWith,
  connectDesk,
  DeskFailed,
  type DeskWorker,
  type Reply,
} from '../../../client/drop/messages.ts'
import { fileOf, gathered } from './lists.ts'

/** A Worker's two ends in one thread; what goes between them is cloned as a message is. */
function fakeWorker(): DeskWorker & { ended: boolean; silent: boolean } {
  const desk = createDesk((part) => {
    send({ id: 0, progress: part })
  })
  const worker: DeskWorker & { ended: boolean; silent: boolean } = {
    ...{ ended: false, silent: false, onmessage: null, onerror: null, onmessageerror: null },
    postMessage(question) {
      if (!worker.silent) void answerWith(desk, structuredClone(question)).then(send)
    },
    terminate() {
      worker.ended = true
    },
  }
  function send(reply: Reply): void {
    if (!worker.ended) worker.onmessage?.({ data: structuredClone(reply) } as MessageEvent<Reply>)
  }
  return worker
}

describe('questions to the Worker', () => {
  it('are answered as if it were no other thread, and progress is told on the way', async () => {
    const told: number[] = []
    const { desk } = connectDesk(fakeWorker(), (part) => told.push(part))
    const overview = await gathered(desk, [fileOf('M1')])
    expect(overview.counts.people).toBe(6)
    expect((await desk.measure('told')).reaching).toBeInstanceOf(Uint32Array)
    expect(told.length).toBeGreaterThan(0)
    expect(told.every((part) => part >= 0 && part <= 1)).toBe(true)
  })

  it('fail one by one when the Worker refuses one', async () => {
    const { desk } = connectDesk(fakeWorker(), () => undefined)
    await expect(desk.rows(0, 1)).rejects.toBeInstanceOf(DeskFailed)
    expect((await gathered(desk, [fileOf('P1')])).rows).toBeGreaterThan(0)
  })

  it('fail together when it is stopped or breaks, and nothing can be asked afterwards', async () => {
    for (const end of ['stop', 'break'] as const) {
      const worker = fakeWorker()
      worker.silent = true
      const { desk, stop } = connectDesk(worker, () => undefined)
      const asked = [desk.rows(0, 1), desk.csv(75, null)]
      if (end === 'stop') stop()
      else worker.onerror?.({ message: 'out of memory' } as ErrorEvent)
      for (const question of asked) await expect(question).rejects.toBeInstanceOf(DeskFailed)
      await expect(desk.curve(0)).rejects.toBeInstanceOf(DeskFailed)
      expect(worker.ended).toBe(true)
    }
  })
})
