import { useWords } from '../context.ts'
import { stayEnds, type EndWords, type SeenStay } from './stayEnds.ts'
import styles from './StayList.module.css'

interface StayListProps extends Omit<EndWords, 'words'> {
  stays: readonly SeenStay[]
  /** How an instant is written: to the minute for whom it is about, to the second where it is evidence. */
  time: (atMs: number) => string
}

/** Where and when one person was, in words: what the bar of presence draws. */
export function StayList({ stays, time, unseenEnd }: StayListProps) {
  const { words } = useWords()
  return (
    <ul class={styles.stays}>
      {stays.map((stay, index) => (
        <li key={index} class={styles.stay}>
          <i class={styles[stay.place]} aria-hidden="true" />
          <span>
            {words.places[stay.place]}
            {stay.place === 'waiting' ? <span class={styles.quiet}> ({words.person.notCounted})</span> : null}
          </span>
          <span class={styles.time}>{stayEnds(stay, { words, time, unseenEnd }).join(' – ')}</span>
        </li>
      ))}
    </ul>
  )
}
