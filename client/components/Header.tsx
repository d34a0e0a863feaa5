import { fromTo } from '../../shared/words/index.ts'
import { usePanel, useWords } from '../context.ts'
import { Headline } from './Headline.tsx'
import styles from './Header.module.css'

/** The meeting around the panel, and the one sentence. */
export function Header({ topic }: { topic: string | null }) {
  const { roster } = usePanel()
  const { words, format } = useWords()
  const head = roster.head.value
  const ended = head?.endedAt ?? null
  const startedAt = head?.startedAt ?? null
  const startMs = startedAt === null ? null : Date.parse(startedAt)
  return (
    <header class={styles.header}>
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
              : fromTo(format.time(startMs), format.time(Date.parse(ended)))}
          </>
        )}
      </p>
      <Headline />
    </header>
  )
}
