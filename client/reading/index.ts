/**
 * Looking at a file somebody wants to hand in: in a Worker of its own, so that the panel stays awake. What a file says is
 * read by `shared/files`; what becomes of it is the server's. Start with `look-at.ts`.
 */
import type { Look, Wish } from './look-at.ts'
import type { LookReply } from './worker.ts'

export type { Look, LookedMeeting, Wish } from './look-at.ts'

/** Looks at a file; `stop` ends it at once, and then the promise stays open. Rejects when the Worker breaks. */
export function lookInWorker(
  file: File,
  wish: Wish,
  told: (part: number) => void,
): { look: Promise<Look>; stop: () => void } {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const look = new Promise<Look>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<LookReply>) => {
      if ('part' in data) {
        told(data.part)
        return
      }
      worker.terminate()
      if ('look' in data) resolve(data.look)
      else reject(new Error(data.failure))
    }
    worker.onerror = worker.onmessageerror = () => {
      worker.terminate()
      reject(new Error('the Worker stopped'))
    }
    worker.postMessage({ file, wish })
  })
  return {
    look,
    stop: () => {
      worker.terminate()
    },
  }
}
