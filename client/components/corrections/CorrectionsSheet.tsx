import { useEffect } from 'preact/hooks'
import { problemWords } from '../../../shared/words/index.ts'
import { usePanel, useWords } from '../../context.ts'
import { Face } from '../Face.tsx'
import { Sheet } from '../Sheet.tsx'
import shared from '../shared.module.css'
import { CorrectionLine } from './CorrectionLine.tsx'
import { Pages } from './Pages.tsx'
import { Toast } from './Toast.tsx'
import { Trouble } from './Trouble.tsx'
import { useCorrecting, useCorrectionWords } from './useCorrecting.ts'
import styles from './Card.module.css'

/** People come and go all the time; what is told here need not be asked for at every step. */
const SETTLE_MS = 1_000

/** Everything hosts said about the people of this list, the newest first; each can be undone and put back. */
export function CorrectionsSheet({ onClose }: { onClose: () => void }) {
  const { roster } = usePanel()
  const correcting = useCorrecting()
  const { words, language } = useWords()
  const said = useCorrectionWords().history
  const gatheringId = roster.head.value?.id ?? null
  useEffect(() => {
    if (gatheringId !== null) correcting.openHistory(gatheringId)
  }, [correcting, gatheringId])
  // Another host's correction changes rows, and with them what is told here.
  const revision = roster.revision.value
  useEffect(() => {
    const soon = setTimeout(() => void correcting.refresh(), SETTLE_MS)
    return () => {
      clearTimeout(soon)
    }
  }, [correcting, revision])
  const read = correcting.history.value
  return (
    <Sheet title={said.title} subtitle={said.subtitle} onClose={onClose}>
      <Trouble />
      {read.status === 'loading' ? (
        <p class={styles.loading} role="status">
          {said.loading}
        </p>
      ) : read.status === 'failed' ? (
        <Face
          inside
          icon="plug"
          title={problemWords(read.code, language).what}
          text={[problemWords(read.code, language).why]}
          alert
        >
          <button type="button" class={shared.button} onClick={() => void correcting.refresh()}>
            {words.faces.tryAgain}
          </button>
        </Face>
      ) : read.answer.length === 0 ? (
        <Face inside icon="here" title={said.empty} text={[said.emptyNext]} />
      ) : (
        <Pages
          items={read.answer}
          line={(item) => <CorrectionLine key={item.seq} item={item} tellsAbout />}
          back={said.newer}
          on={said.older}
        />
      )}
      <div class={styles.stuck}>
        <Toast />
      </div>
    </Sheet>
  )
}
