import { endedSentence, liveSentence } from '../../shared/words/index.ts'
import { usePanel, useWords } from '../context.ts'
import { Icon } from './Icon.tsx'
import styles from './Header.module.css'

interface HeaderProps {
  topic: string | null
}

/** The meeting, and the one sentence: how many people. */
export function Header({ topic }: HeaderProps) {
  const { roster } = usePanel()
  const { words, format, language } = useWords()
  const head = roster.head.value
  const summary = roster.summary.value
  const ended = head?.endedAt ?? null
  const startedAt = head?.startedAt ?? null
  const sentence =
    summary === null ? null : (ended === null ? liveSentence : endedSentence)(summary, language)
  const startMs = startedAt === null ? null : Date.parse(startedAt)
  return (
    <header class={styles.header}>
      <div class={styles.top}>
        <div class={styles.what}>
          <h1 class={styles.topic}>
            <bdi>{head?.topic ?? topic ?? words.live.untitled}</bdi>
          </h1>
          <p class={styles.meta}>
            <i class={ended === null ? styles.live : styles.over} aria-hidden="true" />
            {ended === null ? words.live.live : words.live.ended}
            {startMs === null ? null : (
              <>
                {' · '}
                {format.minutes((roster.nowMs.value - startMs) / 1000)}
                {' · '}
                {ended === null
                  ? words.live.since(format.time(startMs))
                  : `${format.time(startMs)}–${format.time(Date.parse(ended))}`}
              </>
            )}
          </p>
        </div>
      </div>
      {sentence === null ? null : (
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
      )}
    </header>
  )
}
