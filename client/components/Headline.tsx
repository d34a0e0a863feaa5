import { endedSentence, liveSentence } from '../../shared/words/index.ts'
import { usePanel, useWords } from '../context.ts'
import { Icon } from './Icon.tsx'
import styles from './Headline.module.css'

/** The one sentence above the list: how many people, and how sure we are. */
export function Headline() {
  const { roster, list } = usePanel()
  const { language } = useWords()
  const summary = roster.summary.value
  if (summary === null) return null
  const over = (roster.head.value?.endedAt ?? null) !== null
  const sentence = over
    ? endedSentence(summary, language, list.counts.value.waiting_only)
    : liveSentence(summary, language)
  return (
    <p class={styles.sentence}>
      <span class={styles.headline}>{sentence.headline}</span>
      <span class={styles.details}>
        <span class={styles.parts}>
          {sentence.details.map((part) => (
            <span key={part} class={styles.part}>
              {part}{' '}
            </span>
          ))}
          {sentence.doubts.map((doubt) => (
            <span key={doubt} class={styles.part}>
              <span class={styles.doubt}>
                <Icon name="flag" size={12} />
                {doubt}
              </span>{' '}
            </span>
          ))}
        </span>
      </span>
    </p>
  )
}
