import { problemWords } from '../../../shared/words/index.ts'
import { connectingWords } from '../../../shared/words/connecting.ts'
import { usePanel, useWords } from '../../context.ts'
import shared from '../shared.module.css'
import { useAuthorizing } from './useAuthorizing.ts'
import styles from './ConnectButton.module.css'

interface ConnectButtonProps {
  label: string
  /** In the middle of a screen that says nothing else. */
  centred?: boolean
}

/** Consent inside Zoom as the first way, the system browser as the second; and what became of it. */
export function ConnectButton({ label, centred = false }: ConnectButtonProps) {
  const { openInstallPage } = usePanel()
  const authorizing = useAuthorizing()
  const { language } = useWords()
  const words = connectingWords(language)
  const waiting = authorizing.state.value.status === 'waiting'
  const inZoom = authorizing.supported()
  return (
    <div class={centred ? `${styles.connect} ${styles.centred}` : styles.connect}>
      <button
        type="button"
        class={`${shared.button} ${shared.main}`}
        aria-disabled={waiting}
        onClick={inZoom ? () => void authorizing.start() : openInstallPage}
      >
        {waiting ? words.waiting : label}
      </button>
      {inZoom ? (
        <button type="button" class={shared.link} onClick={openInstallPage}>
          {words.byBrowser}
        </button>
      ) : null}
      <Outcome />
    </div>
  )
}

function Outcome() {
  const authorizing = useAuthorizing()
  const { language } = useWords()
  const said = useOutcome()
  const failed = authorizing.state.value.status === 'failed'
  return (
    <p class={failed ? styles.failed : styles.said} role="status" lang={language}>
      {said}
    </p>
  )
}

function useOutcome(): string {
  const { session } = usePanel()
  const authorizing = useAuthorizing()
  const { language } = useWords()
  const words = connectingWords(language)
  const state = authorizing.state.value
  if (state.status === 'idle') return ''
  if (state.status === 'waiting') return words.consent
  // With a session the connection itself is on screen, and may end again.
  if (state.status === 'done') return session.state.value.status === 'ready' ? '' : words.connected
  switch (state.why) {
    case 'declined':
      return words.declined
    case 'no_answer':
      return words.noAnswer
    case 'zoom':
      return words.zoomRefused(state.code)
    case 'server': {
      const { what, next } = problemWords(state.code, language)
      return `${what}. ${next}`
    }
  }
}
