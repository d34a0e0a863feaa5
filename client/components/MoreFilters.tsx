import { filterName, filterWords } from '../../shared/words/filters.ts'
import { usePanel, useWords } from '../context.ts'
import { firstShows, listShows, shows, type Show } from '../models/table.ts'
import styles from './Tools.module.css'

const sides: readonly Show[] = ['reached', 'not_reached']
const ofList: readonly Show[] = listShows
const statuses = shows
  .slice(firstShows.length)
  .filter((show) => !sides.includes(show) && !ofList.includes(show))

/** Who reached the minimum and who did not; other statuses stand in one choice, labels in another that goes with any of them. */
export function MoreFilters() {
  const { list, roster } = usePanel()
  const { language, format } = useWords()
  const said = filterWords(language)
  const counts = list.counts.value
  const labels = list.labels.value
  const [show, label] = [list.show.value, list.label.value]
  const minPercent = roster.head.value?.minPercent ?? 0
  const nameOf = (one: Show) => filterName(one, minPercent, language)
  const isOffered = (one: Show) => counts[one] > 0 || one === show
  const hasList = (roster.summary.value?.expected ?? null) !== null
  const registered = ofList.filter((one) => (hasList ? isOffered(one) : one === show))
  const others = statuses.filter(isOffered)
  const offered = [...registered, ...others]
  const option = (one: Show) => (
    <option key={one} value={one}>
      {nameOf(one)} {format.count(counts[one])}
    </option>
  )
  const names = [...new Set([...labels.keys(), ...(label === null ? [] : [label])])].sort()
  const chosen = offered.find((status) => status === show) ?? ''
  return (
    <>
      {sides.map((side) =>
        counts[side] === 0 && side !== show ? null : (
          <button
            key={side}
            type="button"
            class={`${styles.chip} ${side === show ? styles.on : ''}`}
            aria-pressed={side === show}
            onClick={() => {
              list.show.value = side === show ? 'all' : side
            }}
          >
            {nameOf(side)} <span class={styles.count}>{format.count(counts[side])}</span>
          </button>
        ),
      )}
      {offered.length === 0 ? null : (
        <select
          class={`${styles.chip} ${styles.more} ${chosen === '' ? '' : styles.on}`}
          aria-label={said.moreSaid}
          value={chosen}
          onChange={({ currentTarget }) => {
            list.show.value = offered.find((status) => status === currentTarget.value) ?? 'all'
          }}
        >
          <option value="">{said.more}</option>
          {registered.length === 0 || others.length === 0 ? (
            offered.map(option)
          ) : (
            <>
              <optgroup label={said.registration}>{registered.map(option)}</optgroup>
              <optgroup label={said.manner}>{others.map(option)}</optgroup>
            </>
          )}
        </select>
      )}
      {names.length === 0 ? null : (
        <select
          class={`${styles.chip} ${styles.more} ${label === null ? '' : styles.on}`}
          aria-label={said.labels}
          value={label ?? ''}
          onChange={({ currentTarget }) => {
            list.label.value = names.find((name) => name === currentTarget.value) ?? null
          }}
        >
          <option value="">{said.labels}</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name} {format.count(labels.get(name) ?? 0)}
            </option>
          ))}
        </select>
      )}
    </>
  )
}
