import type { Stay } from '../../shared/wire/index.ts'
import { useWords } from '../context.ts'
import styles from './StayList.module.css'

interface StayListProps {
  /** `toKnown` false: nobody saw it end. */
  stays: readonly (Stay & { toKnown?: boolean })[]
  /** How an instant is written: to the minute for whom it is about, to the second where it is evidence. */
  time: (atMs: number) => string
  unseenEnd?: (time: string) => string
}

/** Where and when one person was, in words: what the bar of presence draws. */
export function StayList({ stays, time, unseenEnd = (text) => text }: StayListProps) {
  const { words } = useWords()
  const written = (instant: string) => time(Date.parse(instant))
  return (
    <ul class={styles.stays}>
      {stays.map(({ place, from, fromSeen, to, toKnown }, index) => (
        <li key={index} class={styles.stay}>
          <i class={styles[place]} aria-hidden="true" />
          <span>
            {words.places[place]}
            {place === 'waiting' ? <span class={styles.quiet}> ({words.person.notCounted})</span> : null}
          </span>
          <span class={styles.time}>
            {fromSeen ? words.row.before(written(from)) : written(from)}
            {' – '}
            {to === null ? words.person.untilNow : toKnown === false ? unseenEnd(written(to)) : written(to)}
          </span>
        </li>
      ))}
    </ul>
  )
}
