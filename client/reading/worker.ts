/** The Worker that looks at one file. It knows no page and asks nobody for anything. */
import { lookAt, type Look, type Wish } from './look-at.ts'

export type LookReply = { part: number } | { look: Look } | { failure: string }

const post = (reply: LookReply): void => {
  postMessage(reply)
}
let toldMs = 0

onmessage = ({ data }: MessageEvent<{ file: File; wish: Wish }>) => {
  lookAt(data.file, data.wish, (part) => {
    // A file is read in thousands of pieces; nobody sees more than some steps a second.
    const now = performance.now()
    if (now - toldMs < 50) return
    toldMs = now
    post({ part })
  }).then(
    (look) => {
      post({ look })
    },
    (error: unknown) => {
      post({ failure: error instanceof Error ? error.name : 'unknown' })
    },
  )
}
