import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { fromTo } from '../../../shared/words/index.ts'
import { usePanel, useWords } from '../../context.ts'
import { Icon } from '../Icon.tsx'
import { useMeetingWords } from './words.ts'
import styles from './MeetingHeader.module.css'

interface MeetingHeaderProps {
  topic: string | null
  startedAt: string | null
  endedAt: string | null
  /** Beside the history there is nowhere to go back to. */
  beside: boolean
  /** The sentence, where the list may be seen. */
  children?: ComponentChildren
}

/** The meeting looked at: what, when in the reader's zone, and the one sentence. */
export function MeetingHeader({ topic, startedAt, endedAt, beside, children }: MeetingHeaderProps) {
  const { navigation, exporting } = usePanel()
  const { words, format } = useWords()
  const said = useMeetingWords()
  const title = useRef<HTMLHeadingElement>(null)

  // The list it was chosen from is gone: whoever reads by ear or by keyboard goes on from here.
  useEffect(() => {
    if (!beside) title.current?.focus()
  }, [beside])

  return (
    <header class={styles.header}>
      {beside ? null : (
        <button type="button" class={styles.back} onClick={navigation.back}>
          <Icon name="back" size={14} />
          {said.meeting.back}
        </button>
      )}
      <h1 ref={title} class={styles.topic} tabIndex={-1}>
        <bdi>{topic ?? words.live.untitled}</bdi>
      </h1>
      <p class={styles.meta}>
        {startedAt === null
          ? said.history.dateUnknown
          : said.meeting.when(
              format.date(Date.parse(startedAt)),
              fromTo(
                format.time(Date.parse(startedAt)),
                endedAt === null ? '' : format.time(Date.parse(endedAt)),
              ),
              cityOf(exporting.zone),
              offsetOf(exporting.zone, Date.parse(startedAt)),
            )}
      </p>
      {children}
    </header>
  )
}

/** Asia/Yekaterinburg → Yekaterinburg. */
const cityOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')

/** GMT+5: as the zone was on that day. */
function offsetOf(zone: string, atMs: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'short' }).formatToParts(atMs)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
}
