import { useEffect } from 'preact/hooks'
import { usePanel } from '../../context.ts'
import { Face } from '../Face.tsx'
import { Sheet } from '../Sheet.tsx'
import { Unread } from '../Unread.tsx'
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
      {read.status !== 'ready' ? (
        <Unread read={read} loading={said.loading} onTryAgain={correcting.refresh} />
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
