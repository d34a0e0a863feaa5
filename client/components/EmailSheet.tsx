import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { sheetWords } from '../../shared/words/sheets.ts'
import { usePanel, useWords } from '../context.ts'
import { Notice } from './Notice.tsx'
import { Sheet } from './Sheet.tsx'
import shared from './shared.module.css'
import styles from './EmailSheet.module.css'

interface EmailSheetProps {
  onClose: () => void
}

/** Zoom asks everybody for their address; the host writes the reason they read. */
export function EmailSheet({ onClose }: EmailSheetProps) {
  const { emails } = usePanel()
  const said = sheetWords(useWords().language).emails
  const reason = useSignal(said.defaultReason)
  const reasonId = useId()
  const round = emails.round.value
  const supported = emails.supported()
  return (
    <Sheet
      title={said.title}
      onClose={onClose}
      footer={
        <>
          <p class={styles.progress} role="status">
            {round.status === 'asked' ? said.progress(round.shared, round.refused) : ''}
          </p>
          <button
            type="button"
            class={`${shared.button} ${shared.main}`}
            disabled={!supported || reason.value.trim() === ''}
            aria-disabled={round.status === 'asking'}
            onClick={() => void emails.ask(reason.value.trim())}
          >
            {round.status === 'asking' ? said.asking : said.ask}
          </button>
        </>
      }
    >
      <p class={styles.explain}>{said.explain}</p>
      <label class={styles.label} for={reasonId}>
        {said.reason}
      </label>
      <textarea
        id={reasonId}
        class={styles.reason}
        rows={2}
        maxLength={200}
        value={reason.value}
        onInput={(event) => {
          reason.value = event.currentTarget.value
        }}
      />
      {round.status === 'asked' ? <p class={styles.explain}>{said.waitingForAnswers}</p> : null}
      {supported ? null : <Notice tone="late" icon="info" title={said.unsupported} />}
      {round.status === 'failed' ? (
        <Notice tone="alarm" icon="warning" title={said.failed(round.code)} />
      ) : null}
    </Sheet>
  )
}
