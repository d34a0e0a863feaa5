import { problemWords } from '../../../shared/words/index.ts'
import { useWords } from '../../context.ts'
import { Notice } from '../Notice.tsx'
import { useCorrecting } from './useCorrecting.ts'
import styles from './Card.module.css'

/** Why the last act did not work, and what to do now. */
export function Trouble() {
  const { trouble } = useCorrecting()
  const { language } = useWords()
  if (trouble.value === null) return null
  const said = problemWords(trouble.value, language)
  return (
    <div class={styles.trouble}>
      <Notice tone="alarm" icon="warning" title={`${said.what}.`} text={`${said.why} ${said.next}`} />
    </div>
  )
}
