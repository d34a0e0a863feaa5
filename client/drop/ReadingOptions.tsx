import { useId, useMemo } from 'preact/hooks'
import { Segmented } from '../components/Segmented.tsx'
import { useDrop, useDropWords } from './context.ts'
import { useDayNames } from './days.ts'
import { needsZone } from './files.ts'
import form from '../components/form.module.css'
import styles from './ReadingOptions.module.css'

/** How times are read where the files do not say it: every time on the page follows. */
export function ReadingOptions() {
  const { files, question } = useDrop()
  const lists = files.value.filter(({ look }) => look?.as === 'list')
  if (lists.length === 0 || question.value !== null) return null
  return (
    <div class={styles.options}>
      {needsZone(files.value) ? <ZoneChoice /> : null}
      <OrderChoice />
    </div>
  )
}

function ZoneChoice() {
  const { zone, ownZone, setZone } = useDrop()
  const said = useDropWords().zone
  const id = useId()
  const zones = useMemo(() => knownZones(ownZone), [ownZone])
  return (
    <div class={styles.option}>
      <label class={styles.label} for={id}>
        {said.label}
      </label>
      <select
        id={id}
        class={form.select}
        value={zone.value}
        aria-describedby={`${id}-hint`}
        onChange={({ currentTarget }) => {
          setZone(currentTarget.value)
        }}
      >
        {zones.map((one) => (
          <option key={one} value={one}>
            {one === ownZone ? said.own(one) : one}
          </option>
        ))}
      </select>
      <p id={`${id}-hint`} class={styles.hint}>
        {said.hint}
      </p>
    </div>
  )
}

/** The browser's own first, then UTC, then all others there are. */
function knownZones(own: string): string[] {
  // Safari knows its zones by name from 15.4 on only.
  const all = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : []
  return [...new Set([own, 'UTC', ...all])]
}

function OrderChoice() {
  const { order, setOrder } = useDrop()
  const said = useDropWords()
  const dayOf = useDayNames()
  const { value } = order
  if (value === null || value.order === 'ymd') return null
  const { ambiguous } = value
  const label = (one: 'dmy' | 'mdy'): string => {
    const word = said.asks.orders[one]
    if (ambiguous === null) return word
    return `${word}: ${dayOf(one === 'dmy' ? ambiguous.dmyMs : ambiguous.mdyMs)}`
  }
  return (
    <Segmented
      label={ambiguous === null ? said.zone.dates : `${said.zone.dates}: ${ambiguous.text}`}
      value={value.order}
      options={[
        { value: 'mdy', label: label('mdy') },
        { value: 'dmy', label: label('dmy') },
      ]}
      onChange={setOrder}
    />
  )
}
