import { describe, expect, it } from 'vitest'
import { readEvents, type LiveEvent } from '../../../client/models/event-stream.ts'

async function read(...chunks: (string | Uint8Array)[]): Promise<LiveEvent[]> {
  const events: LiveEvent[] = []
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) {
        controller.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk)
      }
      controller.close()
    },
  })
  await readEvents(body, (event) => events.push(event))
  return events
}

describe('reading a live stream', () => {
  it('reads named events and takes comments as a sign of life', async () => {
    await expect(
      read(': still here\n\nid: 3\nevent: ended\ndata: {"code":"session_expired"}\n\n'),
    ).resolves.toEqual([{ kind: 'alive' }, { kind: 'ended', data: { code: 'session_expired' } }])
  })

  it('does not care where the network cuts, be it inside a letter or a line end', async () => {
    const bytes = new TextEncoder().encode('event: change\r\ndata: {"name":"Ольга"}\r\n\r\n')
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const events = await read(bytes.slice(0, cut), bytes.slice(cut))
      expect(events).toEqual([{ kind: 'change', data: { name: 'Ольга' } }])
    }
  })

  it('passes over events it does not know and half an event at the end', async () => {
    await expect(read('event: later\ndata: {}\n\nevent: change\ndata: {')).resolves.toEqual([])
  })
})
