import { useSignal, useSignalEffect } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { GatheringHead, RosterSummary } from '../../shared/wire/index.ts'
import { liveSentence, type Language } from '../../shared/words/index.ts'
import { usePanel, useWords } from '../context.ts'
import shared from './shared.module.css'

/** A class arrives in seconds; nobody wants forty announcements. */
const QUIET_MS = 15_000

/** Tells a screen reader how many people are here, politely and at most every quarter of a minute. */
export function Announcer() {
  const { roster } = usePanel()
  const { language } = useWords()
  const said = useSignal('')
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)

  useSignalEffect(() => {
    const summary = roster.summary.value
    if (summary === null || timer.current !== null) return
    timer.current = setTimeout(() => {
      timer.current = null
      const latest = roster.summary.peek()
      if (latest === null) return
      const head = roster.head.peek()
      if (head === null || head.endedAt === null) said.value = liveSentence(latest, language).headline
      else
        endedHeadline(latest, head, language).then(
          (headline) => {
            said.value = headline
          },
          // Without its script nothing is announced; the screen offers to try again.
          () => undefined,
        )
    }, QUIET_MS)
  })
  return (
    <p class={shared.hidden} role="status">
      {said.value}
    </p>
  )
}

async function endedHeadline(
  summary: RosterSummary,
  head: GatheringHead,
  language: Language,
): Promise<string> {
  const { listSentence, rosterCounts } = await import('../../shared/words/list-sentence.ts')
  return listSentence(rosterCounts(summary, head, { waitedOnly: 0, zone: null }), language).headline
}
