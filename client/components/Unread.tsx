import { problemWords } from '../../shared/words/index.ts'
import { useWords } from '../context.ts'
import type { PanelProblem } from '../models/api.ts'
import { Face } from './Face.tsx'
import shared from './shared.module.css'
import styles from './Unread.module.css'

interface UnreadProps {
  /** How far the reading is; what is not `failed` is on its way. */
  read: { status: 'failed'; code: PanelProblem } | { status: 'loading' | 'ready' | 'more' }
  /** What is said meanwhile. */
  loading: string
  onTryAgain: () => Promise<void>
}

/** In the place of what the server was asked for: that it is on its way, or what happened and the way out. */
export function Unread({ read, loading, onTryAgain }: UnreadProps) {
  return read.status === 'failed' ? (
    <Failed code={read.code} onTryAgain={onTryAgain} />
  ) : (
    <p class={styles.loading} role="status">
      {loading}
    </p>
  )
}

/** What happened, why, and the one way out: trying again. */
export function Failed({ code, onTryAgain }: { code: PanelProblem; onTryAgain: () => Promise<void> }) {
  const { words, language } = useWords()
  const { what, why, next } = problemWords(code, language)
  return (
    <Face inside icon="plug" title={what} text={[why, next]} alert>
      <button type="button" class={`${shared.button} ${shared.main}`} onClick={() => void onTryAgain()}>
        {words.faces.tryAgain}
      </button>
    </Face>
  )
}
