export interface StreamEvent {
  event: string
  id: string | null
  data: unknown
}

/** Reads server-sent events one after the other; `next` waits for the next one that is not a comment. */
export function readEvents(answer: Response): {
  next(): Promise<StreamEvent | null>
  close(): Promise<void>
} {
  if (answer.body === null) throw new Error('The answer has no body to stream.')
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end === -1) {
          const { done, value } = await reader.read()
          if (done) return null
          text += value
          continue
        }
        const block = text.slice(0, end)
        text = text.slice(end + 2)
        const fields = new Map(
          block
            .split('\n')
            .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        )
        const event = fields.get('event')
        if (event !== undefined)
          return { event, id: fields.get('id') ?? null, data: JSON.parse(fields.get('data') ?? 'null') }
      }
    },
    close: () => reader.cancel(),
  }
}
