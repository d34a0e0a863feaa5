/** Questions to the Worker and its replies, as messages; and the desk as the page sees it. */
import type { Desk } from './desk.ts'

type Verb = keyof Desk
export type Question = { [V in Verb]: { id: number; verb: V; words: Parameters<Desk[V]> } }[Verb]
export type Reply =
  { id: number; progress: number } | { id: number; answer: unknown } | { id: number; failure: string }

/** Reading ended otherwise than with an answer: `message` is for a log; the page has its own sentence. */
export class DeskFailed extends Error {
  override readonly name = 'DeskFailed'
}

/** The Worker's side: asks the desk, and makes a reply of whatever comes of it. */
export async function answerWith(desk: Desk, { id, verb, words }: Question): Promise<Reply> {
  try {
    const ask = desk[verb] as (...all: typeof words) => Promise<unknown>
    return { id, answer: await ask(...words) }
  } catch (error) {
    return { id, failure: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
  }
}

/** What of a Worker is needed here. */
export interface DeskWorker {
  postMessage: (question: Question) => void
  onmessage: ((event: MessageEvent<Reply>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  onmessageerror: ((event: MessageEvent) => void) | null
  terminate: () => void
}

/** A desk in a Worker. `stop` ends it at once, whatever it is doing: what was asked and not answered fails. */
export function connectDesk(
  worker: DeskWorker,
  onProgress: (part: number) => void,
): { desk: Desk; stop: () => void } {
  const waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>()
  let last = 0
  let ended: string | null = null

  function fail(why: string): void {
    ended = why
    worker.terminate()
    for (const { reject } of waiting.values()) reject(new DeskFailed(why))
    waiting.clear()
  }
  worker.onmessage = ({ data }) => {
    if ('progress' in data) {
      onProgress(data.progress)
      return
    }
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if ('answer' in data) asked?.resolve(data.answer)
    else asked?.reject(new DeskFailed(data.failure))
  }
  worker.onerror = (event) => {
    fail(event.message || 'the Worker stopped')
  }
  worker.onmessageerror = () => {
    fail('a message could not be read')
  }

  const ask =
    <V extends Verb>(verb: V) =>
    (...words: Parameters<Desk[V]>) =>
      new Promise<never>((resolve, reject) => {
        if (ended !== null) {
          reject(new DeskFailed(ended))
          return
        }
        const id = ++last
        waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject })
        worker.postMessage({ id, verb, words } as Question)
      })
  const desk: Desk = {
    look: ask('look'),
    gather: ask('gather'),
    measure: ask('measure'),
    select: ask('select'),
    rows: ask('rows'),
    person: ask('person'),
    curve: ask('curve'),
    flips: ask('flips'),
    csv: ask('csv'),
    table: ask('table'),
  }
  return {
    desk,
    stop: () => {
      fail('stopped')
    },
  }
}
