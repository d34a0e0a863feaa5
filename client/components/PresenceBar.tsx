import { useWords } from '../context.ts'
import { stayEnds, type EndWords, type SeenStay } from './stayEnds.ts'
import styles from './PresenceBar.module.css'

interface PresenceBarProps extends Pick<EndWords, 'unseenEnd'> {
  stays: readonly SeenStay[]
  fromMs: number
  toMs: number
}

/** As wide as the shortest stay is drawn: who came just now is seen as well. */
const LEAST_PX = 3

/** When somebody was where, over the time of the meeting; said in words for those who cannot see it. */
export function PresenceBar({ stays, fromMs, toMs, unseenEnd }: PresenceBarProps) {
  const { words, format } = useWords()
  const length = Math.max(1, toMs - fromMs)
  const said = stays.map((stay) => {
    const [from, until] = stayEnds(stay, { words, time: format.time, unseenEnd })
    return `${words.places[stay.place]} ${from} – ${until}`
  })
  return (
    <span class={styles.bar} role="img" aria-label={said.join(', ') || words.row.notPresent}>
      {stays.map((stay, index) => {
        const start = clamp((Date.parse(stay.from) - fromMs) / length)
        const end = clamp(((stay.to === null ? toMs : Date.parse(stay.to)) - fromMs) / length)
        return (
          <span
            key={index}
            class={`${styles.stay} ${styles[stay.place]} ${stay.fromSeen ? styles.seen : ''}`}
            style={{
              left: `min(${percent(start)}, 100% - ${LEAST_PX}px)`,
              width: percent(Math.max(end - start, 0)),
            }}
          />
        )
      })}
    </span>
  )
}

const clamp = (share: number): number => Math.min(1, Math.max(0, share))
const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`
