import { minimumWords } from '../../shared/words/minimum.ts'
import { useWords } from '../context.ts'
import styles from './MinimumSlider.module.css'

/** The first few of some people, and how many they are. */
export interface Few {
  names: readonly string[]
  count: number
}

/** Who changes sides between two minimums (percent), and who is close to where it stands now. */
export interface Moved {
  from: number
  to: number
  gained: Few
  lost: Few
  close: Few
}

interface MinimumSliderProps {
  /** Where the slider stands, 0 to 100. */
  percent: number
  passing: number
  /** Of how many a share can be told, and of how many not. */
  known: number
  unknown: number
  moved: Moved | null
  /** Somebody takes hold of it; moves it; lets go. */
  onHold: () => void
  onMove: (percent: number) => void
  onSettle: (percent: number) => void
}

/** What if the minimum were another: how many pass, who changes sides, who is close. */
export function MinimumSlider(props: MinimumSliderProps) {
  const { percent, passing, known, unknown, moved, onHold, onMove, onSettle } = props
  const said = minimumWords(useWords().language)
  return (
    <>
      <h3 class={styles.title}>{said.title(said.percent(percent))}</h3>
      <input
        type="range"
        class={styles.slider}
        style={{ '--at': `${percent}%` }}
        min={0}
        max={100}
        step={1}
        value={percent}
        disabled={known === 0}
        aria-label={said.slider}
        aria-valuetext={`${said.percent(percent)}: ${said.passing(passing)}`}
        onPointerDown={onHold}
        onFocus={onHold}
        onInput={({ currentTarget }) => {
          onMove(Number(currentTarget.value))
        }}
        onChange={({ currentTarget }) => {
          onSettle(Number(currentTarget.value))
        }}
      />
      {known === 0 ? (
        <p class={styles.text}>{said.none}</p>
      ) : (
        <p class={styles.text} role="status">
          <strong>{said.pass(passing, known)}</strong> {unknown > 0 ? `${said.unknown(unknown)} ` : ''}
          {moved === null ? null : <Sides moved={moved} />}
        </p>
      )}
    </>
  )
}

function Sides({ moved: { gained, lost, close, from, to } }: { moved: Moved }) {
  const said = minimumWords(useWords().language)
  const names = ({ names, count }: Few): string => said.named(names, count)
  const parts = [
    gained.count > 0 ? said.gained(names(gained), gained.count, said.percent(from)) : '',
    lost.count > 0 ? said.lost(names(lost), lost.count, said.percent(from)) : '',
    gained.count + lost.count === 0 && from !== to ? said.nobodyFlips(said.percent(from)) : '',
    close.count > 0 ? said.close(close.count, names(close)) : said.noneClose,
  ]
  return <>{parts.filter((part) => part !== '').join(' ')}</>
}
