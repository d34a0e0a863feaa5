/** The Worker: reads files, holds the list, answers the page. It knows no page and asks nobody for anything. */
import { createDesk } from './create-desk.ts'
import { answerWith, type Question, type Reply } from './messages.ts'

const post = (reply: Reply): void => {
  postMessage(reply)
}
let asking = 0
let toldMs = 0
const desk = createDesk((part) => {
  // A file is read in thousands of pieces; nobody sees more than some steps a second.
  const now = performance.now()
  if (now - toldMs < 50) return
  toldMs = now
  post({ id: asking, progress: part })
})

onmessage = ({ data }: MessageEvent<Question>) => {
  asking = data.id
  void answerWith(desk, data).then(post)
}
