import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { usePanel } from '../../context.ts'
import { Icon } from '../Icon.tsx'
import shared from '../shared.module.css'
import { useCorrecting, useCorrectionWords } from './useCorrecting.ts'
import styles from './Toast.module.css'

/** Long enough to be read, reached by keyboard and thought about. */
const STAYS_MS = 60_000

/** What was just corrected, and the way back; announced, and there until it is closed or a minute has passed without use. */
export function Toast() {
  const { roster } = usePanel()
  const correcting = useCorrecting()
  const said = useCorrectionWords()
  const box = useRef<HTMLDivElement>(null)
  const act = useRef<HTMLButtonElement>(null)
  const latest = correcting.done.value
  const done = latest?.gatheringId === roster.head.value?.id ? latest : null

  useEffect(() => {
    if (done === null) return
    const leave = setInterval(() => {
      const isUsed = box.current?.matches(':hover, :focus-within') === true
      if (!isUsed) correcting.dismiss()
    }, STAYS_MS)
    return () => {
      clearInterval(leave)
    }
  }, [correcting, done])

  // A button that went with what it did takes the focus along: the way back is the next thing to reach.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) act.current?.focus()
  }, [done])

  return (
    <div ref={box} class={done === null ? styles.none : styles.toast} role="status">
      {done === null ? null : (
        <>
          <span class={styles.what}>{done.undone ? said.undone : said.done[done.kind]}</span>
          <button
            ref={act}
            type="button"
            class={styles.act}
            aria-disabled={correcting.working.value}
            onClick={() => void correcting.turn(done.seq, done.undone ? 'redo' : 'undo')}
          >
            {done.undone ? said.redo : said.undo}
          </button>
          <button
            type="button"
            class={`${shared.icon} ${styles.close}`}
            aria-label={said.dismiss}
            onClick={correcting.dismiss}
          >
            <Icon name="close" size={14} />
          </button>
        </>
      )}
    </div>
  )
}
