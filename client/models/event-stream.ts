import type { RosterChange, RosterSnapshot, StreamEnd } from '../../shared/wire/index.ts'

/** What a live stream says. `alive` is a comment: nothing new, but the line is open. */
export type LiveEvent =
  | { kind: 'snapshot'; data: RosterSnapshot }
  | { kind: 'change'; data: RosterChange }
  | { kind: 'ended'; data: StreamEnd }
  | { kind: 'alive' }

/**
 * Reads server-sent events from a fetched body; EventSource cannot send the session's header.
 * Resolves when the body ends; rejects when reading or an event's JSON fails. Unknown events are passed over.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  onEvent: (event: LiveEvent) => void,
): Promise<void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  let name = ''
  let data: string[] = []
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const lines = (rest + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line === '') {
        const event = data.length === 0 ? null : toEvent(name, data.join('\n'))
        if (event !== null) onEvent(event)
        name = ''
        data = []
      } else if (line.startsWith(':')) onEvent({ kind: 'alive' })
      else if (line.startsWith('event:')) name = line.slice(6).trimStart()
      else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''))
    }
  }
}

function toEvent(name: string, data: string): LiveEvent | null {
  switch (name) {
    case 'snapshot':
      return { kind: 'snapshot', data: JSON.parse(data) as RosterSnapshot }
    case 'change':
      return { kind: 'change', data: JSON.parse(data) as RosterChange }
    case 'ended':
      return { kind: 'ended', data: JSON.parse(data) as StreamEnd }
    default:
      return null
  }
}
