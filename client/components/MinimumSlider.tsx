import { useSignal } from '@preact/signals'
import { minimumWords } from '../../shared/words/minimum.ts'
import { useWords } from '../context.ts'
import styles from './MinimumSlider.module.css'

/** Who changes sides between two minimums (percent), and who is close to where it stands now; all by name. */
export interface Moved {
  from: number
  to: number
  gained: readonly string[]
  lost: readonly string[]
  close: readonly string[]
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
      {known === 0 || moved === null ? null : (
        <>
          <Everybody people={moved.gained} title={said.allGained} />
          <Everybody people={moved.lost} title={said.allLost} />
          <Everybody people={moved.close} title={said.allClose} />
        </>
      )}
    </>
  )
}

/** A sentence names so many; the others stand behind it. */
const NAMED = 3

/** All of them by name, where the sentence leaves some out; written once somebody looks, for they may be thousands. */
function Everybody({ people, title }: { people: readonly string[]; title: (n: number) => string }) {
  const said = minimumWords(useWords().language)
  const isOpen = useSignal(false)
  if (people.length <= NAMED) return null
  return (
    <details
      class={styles.everybody}
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open
      }}
    >
      <summary>{title(people.length)}</summary>
      {isOpen.value ? <p>{said.named(people, people.length)}</p> : null}
    </details>
  )
}

function Sides({ moved: { gained, lost, close, from, to } }: { moved: Moved }) {
  const said = minimumWords(useWords().language)
  const names = (people: readonly string[]): string => said.named(people.slice(0, NAMED), people.length)
  const parts = [
    gained.length > 0 ? said.gained(names(gained), gained.length, said.percent(from)) : '',
    lost.length > 0 ? said.lost(names(lost), lost.length, said.percent(from)) : '',
    gained.length + lost.length === 0 && from !== to ? said.nobodyFlips(said.percent(from)) : '',
    close.length > 0 ? said.close(close.length, names(close)) : said.noneClose,
  ]
  return <>{parts.filter((part) => part !== '').join(' ')}</>
}
