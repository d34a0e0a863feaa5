import type { Sentence } from '../../shared/words/index.ts'
import { unbroken } from '../../shared/words/format.ts'
import { Icon } from './Icon.tsx'
import styles from './Headline.module.css'

/** A sentence in its parts: the headline large, the rest small under it, with the doubts flagged. */
export function SaidSentence({ sentence }: { sentence: Sentence }) {
  return (
    <p class={styles.sentence}>
      <span class={styles.headline}>{sentence.headline}</span>
      <span class={styles.details}>
        <span class={styles.parts}>
          {sentence.details.map((part) => (
            <span key={part} class={styles.part}>
              {unbroken(part)}{' '}
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
