import type { Stay } from '../../shared/wire/index.ts'
import { useWords } from '../context.ts'
import styles from './StayList.module.css'

interface StayListProps {
  stays: readonly Stay[]
  /** How an instant is written: to the minute for whom it is about, to the second where it is evidence. */
  time: (atMs: number) => string
}

/** Where and when one person was, in words: what the bar of presence draws. */
export function StayList({ stays, time }: StayListProps) {
  const { words } = useWords()
  const written = (instant: string) => time(Date.parse(instant))
  return (
    <ul class={styles.stays}>
      {stays.map(({ place, from, fromSeen, to }, index) => (
        <li key={index} class={styles.stay}>
          <i class={styles[place]} aria-hidden="true" />
          <span>
            {words.places[place]}
            {place === 'waiting' ? <span class={styles.quiet}> ({words.person.notCounted})</span> : null}
          </span>
          <span class={styles.time}>
            {fromSeen ? words.row.before(written(from)) : written(from)}
            {' – '}
            {to === null ? words.person.untilNow : written(to)}
          </span>
        </li>
      ))}
    </ul>
  )
}
