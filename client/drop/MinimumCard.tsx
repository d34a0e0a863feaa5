import { useSignal } from '@preact/signals'
import { MinimumSlider } from '../components/MinimumSlider.tsx'
import { Segmented } from '../components/Segmented.tsx'
import { TimeWindow } from '../components/TimeWindow.tsx'
import { useWords } from '../context.ts'
import { useDrop, useDropWords } from './context.ts'
import type { Base, Measured, Overview } from './desk.ts'
import type { Result } from './model.ts'
import styles from './MinimumCard.module.css'

/** What if the minimum were another: how many pass, who changes sides, who is close; and what 100 % means. */
export function MinimumCard({ result }: { result: Result }) {
  const { minimum } = useDrop()
  const { overview, measured } = result
  const percent = minimum.live.value
  return (
    <div class={styles.card}>
      <MinimumSlider
        percent={percent}
        passing={measured.reaching[percent * 10] ?? 0}
        known={measured.reaching[0] ?? 0}
        unknown={measured.unknown}
        moved={minimum.flips.value}
        onHold={minimum.hold}
        onMove={minimum.move}
        onSettle={minimum.settle}
      />
      <BaseChoice overview={overview} />
      <BaseSaid measured={measured} tellsTimes={overview.tellsTimes} />
    </div>
  )
}

function BaseChoice({ overview: { tellsTimes, meetings } }: { overview: Overview }) {
  const { base, measure, zone } = useDrop()
  const said = useDropWords().base
  // Until something is typed, the window is around the first meeting.
  const first = meetings.find(({ span }) => span !== null)?.span ?? null
  const around = (ms: number | undefined): string => (ms === undefined ? '' : clockOf(ms, zone.value))
  const typed = useSignal<{ from?: string; to?: string }>({})
  const window = { from: around(first?.fromMs), to: around(first?.toMs), ...typed.value }
  const now = base.value
  const kind = typeof now === 'string' ? now : 'window'
  const options = [
    ...(tellsTimes ? [{ value: 'told' as const, label: said.told }] : []),
    { value: 'rows' as const, label: said.rows },
    { value: 'window' as const, label: said.window },
  ]
  function choose(next: Exclude<Base, object> | 'window'): void {
    if (next !== 'window') void measure(next)
    else void measure(windowOf(window) ?? { fromMinute: 0, toMinute: 24 * 60 - 1 })
  }
  function type(change: { from?: string; to?: string }): void {
    typed.value = { ...typed.value, ...change }
    const next = windowOf({ ...window, ...change })
    if (next !== null) void measure(next)
  }
  return (
    <>
      <Segmented label={said.label} value={kind} options={options} onChange={choose} />
      {kind === 'window' ? (
        <TimeWindow
          value={window}
          words={said}
          hint={said.onDay}
          onChange={(change) => {
            type(change)
          }}
        />
      ) : null}
    </>
  )
}

/** Minutes since midnight; null for what is no time of the clock, or a window of no length. */
function windowOf({
  from,
  to,
}: {
  from: string
  to: string
}): { fromMinute: number; toMinute: number } | null {
  const [fromMinute, toMinute] = [minuteOf(from), minuteOf(to)]
  return fromMinute === null || toMinute === null || fromMinute === toMinute ? null : { fromMinute, toMinute }
}

/** What the clocks of a zone showed, as a field of time writes it. */
const clockOf = (ms: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' }).format(ms)

function minuteOf(text: string): number | null {
  const found = /^(\d\d):(\d\d)/.exec(text)
  return found === null ? null : Number(found[1]) * 60 + Number(found[2])
}

function BaseSaid({
  measured: { base, baseSeconds },
  tellsTimes,
}: {
  measured: Measured
  tellsTimes: boolean
}) {
  const { format } = useWords()
  const said = useDropWords().base
  const minutes = format.minutes(baseSeconds)
  const stretch =
    base === null
      ? said.none
      : 'meetings' in base
        ? said.isAll(base.meetings, base.of, minutes)
        : said.is(`${format.time(base.fromMs)}–${format.time(base.toMs)}`, minutes)
  return (
    <p class={styles.small}>
      {stretch} {tellsTimes ? '' : said.fromRows}
    </p>
  )
}
