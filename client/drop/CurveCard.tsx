import { useSignal } from '@preact/signals'
import { useEffect, useId } from 'preact/hooks'
import { CurveFigure } from '../components/meetings/CurveFigure.tsx'
import { useWords } from '../context.ts'
import { drawCurve, type Curve } from '../models/curve.ts'
import { useDrop, useDropWords } from './context.ts'
import type { MeetingSaid, Overview } from './desk.ts'
import styles from './Result.module.css'

/** How many were there over one meeting; with several, over the one that is chosen. */
export function CurveCard({ overview }: { overview: Overview }) {
  const { ask } = useDrop()
  const timed = overview.meetings.filter(({ span }) => span !== null)
  const chosen = useSignal(timed[0]?.index ?? 0)
  const curve = useSignal<Curve | null>(null)
  const meeting = timed.find(({ index }) => index === chosen.value) ?? timed[0]
  const span = meeting?.span
  useEffect(() => {
    if (meeting === undefined || !span) return
    let isCurrent = true
    void ask((desk) => desk.curve(meeting.index)).then((counted) => {
      if (isCurrent) curve.value = counted === null ? null : drawCurve(counted, span.fromMs, span.toMs)
    })
    return () => {
      isCurrent = false
    }
  }, [overview, meeting?.index])
  return (
    <div class={`${styles.card} ${styles.curve}`}>
      {timed.length > 1 ? (
        <MeetingChoice meetings={timed} value={chosen.value} onChange={(index) => (chosen.value = index)} />
      ) : null}
      {curve.value === null ? <div class={styles.noCurve} /> : <CurveFigure curve={curve.value} />}
    </div>
  )
}

interface MeetingChoiceProps {
  meetings: readonly MeetingSaid[]
  value: number
  onChange: (index: number) => void
}

function MeetingChoice({ meetings, value, onChange }: MeetingChoiceProps) {
  const { format } = useWords()
  const said = useDropWords().result
  const id = useId()
  return (
    <p class={styles.choice}>
      <label for={id}>{said.meeting}</label>
      <select
        id={id}
        class={styles.select}
        value={String(value)}
        onChange={({ currentTarget }) => {
          onChange(Number(currentTarget.value))
        }}
      >
        {meetings.map(({ index, topic, file, span }) => (
          <option key={index} value={String(index)}>
            {[span === null ? '' : format.date(span.fromMs), topic ?? file]
              .filter((part) => part !== '')
              .join(' · ')}
          </option>
        ))}
      </select>
    </p>
  )
}
