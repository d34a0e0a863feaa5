import type { DropWords } from '../../shared/words/drop.ts'
import type { Format, Words } from '../../shared/words/index.ts'
import { PersonName, type Named } from '../components/PersonName.tsx'
import row from '../components/PersonRow.module.css'
import { PresenceBar } from '../components/PresenceBar.tsx'
import rowStyles from '../components/row.module.css'
import shared from '../components/shared.module.css'
import { useWords } from '../context.ts'
import { useDrop, useDropWords } from './context.ts'
import type { MeetingSaid, Row } from './desk.ts'
import type { Result } from './model.ts'
import styles from './PersonLine.module.css'

/** Gaps from here on are told as from–to, shorter ones as "dropped 90 s". */
const SHORT_GAP_MS = 5 * 60_000
/** More bars than this beside one another are no bars any more. */
const MOST_BARS = 24

interface PersonLineProps {
  /** Null while it has not come from the Worker. */
  row: Row | null
  at: number
  top: number
  wide: boolean
  active: boolean
  result: Result
  onOpen: (index: number) => void
  onFocus: (at: number) => void
}

/** One person, one line: who, what happened, when, how long. */
export function PersonLine({ row: one, at, top, wide, active, result, onOpen, onFocus }: PersonLineProps) {
  const { words, format } = useWords()
  const said = useDropWords()
  const { meetings } = result.overview
  const line =
    one === null
      ? said.people.loading
      : circumstances(one, meetings.length, { words, format, said }).join(' · ')
  const open = () => {
    if (one !== null) onOpen(one.index)
  }
  const absent = one !== null && !one.statuses.includes('present')
  return (
    <div
      role="row"
      aria-rowindex={at + 2}
      class={`${rowStyles.row} ${wide ? `${rowStyles.columns} ${row.wide}` : row.narrow} ${absent ? row.absent : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      tabIndex={active ? 0 : -1}
      data-index={at}
      onClick={open}
      onFocus={() => {
        onFocus(at)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        open()
      }}
    >
      <div role="gridcell" class={row.who}>
        {one === null ? <span class={styles.coming} /> : <PersonName row={nameOf(one)} over />}
      </div>
      <div role="gridcell" class={`${rowStyles.line} ${row.what}`} title={line}>
        <bdi>{line}</bdi>
      </div>
      <div role="gridcell" class={`${row.when} ${styles.bars}`}>
        {one === null ? null : <Bars row={one} meetings={meetings} />}
      </div>
      <div role="gridcell" class={`${rowStyles.amount} ${row.long}`}>
        {one === null ? null : <HowLong row={one} />}
      </div>
    </div>
  )
}

/** A bar for each meeting, as long as the meeting is, one beside the other. */
function Bars({ row: { stays, presentSeconds }, meetings }: { row: Row; meetings: readonly MeetingSaid[] }) {
  // An empty bar would say that they were not there.
  if (presentSeconds === null) return null
  const timed = meetings.filter(({ span }) => span !== null)
  if (timed.length > MOST_BARS) return null
  return timed.map(({ index, span }) => {
    if (span === null) return null
    const own = stays.find(({ meeting }) => meeting === index)?.stays ?? []
    return (
      <span key={index} class={styles.bar} style={{ flexGrow: span.toMs - span.fromMs }}>
        <PresenceBar stays={own} fromMs={span.fromMs} toMs={span.toMs} />
      </span>
    )
  })
}

function HowLong({ row: { presentSeconds, reportedSeconds, share, statuses } }: { row: Row }) {
  const { minimum } = useDrop()
  const { format } = useWords()
  const said = useDropWords()
  const seconds = presentSeconds ?? reportedSeconds
  if (!statuses.includes('present') || seconds === null) return <>–</>
  const isBelow = share !== null && Math.round(share * 1000) < minimum.settled.value * 10
  return (
    <>
      {format.minutes(seconds)}
      {share === null ? null : (
        <span class={`${styles.share} ${isBelow ? styles.below : ''}`}>
          {' '}
          {said.share(share * 100)}
          {isBelow ? <span class={shared.hidden}>, {said.people.below}</span> : null}
        </span>
      )}
    </>
  )
}

/** As the name's component knows people: in a list of files nobody is here now. */
export const nameOf = ({ name, others, role, statuses, confidence }: Row): Named => ({
  ...{ name, names: others, role, identity: { confidence } },
  state: statuses.includes('waiting_room_only') ? 'waiting' : 'left',
})

interface Speech {
  words: Words
  format: Format
  said: DropWords
}

/** The one line under a name. Parts to be joined by " · ". */
function circumstances(one: Row, meetings: number, { words, format, said }: Speech): string[] {
  const { firstMs, lastMs, gap, devices, email, statuses } = one
  const parts: string[] = []
  if (statuses.includes('absent')) parts.push(said.people.neverCame)
  if (statuses.includes('waiting_room_only'))
    parts.push(`${words.row.waitingOnly} ${format.duration(one.waitingSeconds)}`)
  if (statuses.includes('walk_in')) parts.push(said.people.shows.walk_in.toLocaleLowerCase())
  if (meetings > 1 && statuses.includes('present')) parts.push(said.people.of(one.meetings, meetings))
  if (meetings === 1 && firstMs !== null && lastMs !== null)
    parts.push(`${format.time(firstMs)}–${format.time(lastMs)}`)
  if (one.presentSeconds === null && one.reportedSeconds !== null) parts.push(said.people.reported)
  if (devices > 1) parts.push(words.row.devices(devices))
  if (gap !== null && meetings === 1)
    parts.push(
      gap.toMs - gap.fromMs < SHORT_GAP_MS
        ? words.row.dropped(format.duration((gap.toMs - gap.fromMs) / 1000))
        : words.row.away(format.time(gap.fromMs), format.time(gap.toMs)),
    )
  parts.push(email ?? words.row.noEmail)
  const [first = '', ...rest] = parts
  // An address keeps its spelling; everything else begins like a sentence.
  return [first === email ? first : first.charAt(0).toUpperCase() + first.slice(1), ...rest]
}
