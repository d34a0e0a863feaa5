import { filterName, filterWords } from '../../shared/words/filters.ts'
import { usePanel, useWords } from '../context.ts'
import { firstShows, shows, type Show } from '../models/table.ts'
import styles from './Tools.module.css'

const sides: readonly Show[] = ['reached', 'not_reached']
const statuses = shows.slice(firstShows.length).filter((show) => !sides.includes(show))

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
  const offered = statuses.filter((status) => counts[status] > 0 || status === show)
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
          {offered.map((status) => (
            <option key={status} value={status}>
              {nameOf(status)} {format.count(counts[status])}
            </option>
          ))}
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
