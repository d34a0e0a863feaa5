import { useSignal, useSignalEffect } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { endedSentence, liveSentence } from '../../shared/words/index.ts'
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
      const ended = (roster.head.peek()?.endedAt ?? null) !== null
      said.value = (ended ? endedSentence : liveSentence)(latest, language).headline
    }, QUIET_MS)
  })
  return (
    <p class={shared.hidden} role="status">
      {said.value}
    </p>
  )
}
