import { liveSentence } from '../../shared/words/index.ts'
import { usePanel, useWords } from '../context.ts'
import { lazily } from './lazy.tsx'
import { SaidSentence } from './SaidSentence.tsx'

const EndedHeadline = lazily(
  async () => (await import('./EndedHeadline.tsx')).EndedHeadline,
  () => <SaidSentence sentence={{ headline: '\u00a0', details: ['\u00a0'], doubts: [] }} />,
)

/** The one sentence above the list: how many people, and how sure we are. */
export function Headline() {
  const { roster } = usePanel()
  const { language } = useWords()
  const summary = roster.summary.value
  if (summary === null) return null
  const over = (roster.head.value?.endedAt ?? null) !== null
  return over ? <EndedHeadline /> : <SaidSentence sentence={liveSentence(summary, language)} />
}
