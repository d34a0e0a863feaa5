import { listSentence, rosterCounts } from '../../shared/words/list-sentence.ts'
import { usePanel, useWords } from '../context.ts'
import { SaidSentence } from './SaidSentence.tsx'

/** The one sentence of a meeting that is over. */
export function EndedHeadline() {
  const { roster, list } = usePanel()
  const { language } = useWords()
  const [summary, head] = [roster.summary.value, roster.head.value]
  if (summary === null || head === null) return null
  const waitedOnly = list.counts.value.waiting_only
  return (
    <SaidSentence
      sentence={listSentence(rosterCounts(summary, head, { waitedOnly, zone: null }), language)}
    />
  )
}
