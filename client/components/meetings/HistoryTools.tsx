import { useId } from 'preact/hooks'
import { usePanel } from '../../context.ts'
import { periods, type Period } from '../../models/history.ts'
import { SearchField } from '../SearchField.tsx'
import { useMeetingWords } from './words.ts'
import styles from './HistoryTools.module.css'

/** Search and period; the server answers both. */
export function HistoryTools({ shortcut }: { shortcut: boolean }) {
  const { history } = usePanel()
  const said = useMeetingWords().history
  const fromId = useId()
  const toId = useId()
  const { period, from, to } = history
  return (
    <>
      <div class={styles.row}>
        <SearchField
          value={history.search}
          label={said.searchLabel}
          placeholder={said.search}
          clearLabel={said.clearSearch}
          shortcut={shortcut}
        />
        <div class={styles.period}>
          <select
            class={styles.select}
            aria-label={said.period}
            value={period.value}
            onChange={(event) => {
              period.value = event.currentTarget.value as Period
            }}
          >
            {periods.map((choice) => (
              <option key={choice} value={choice}>
                {said.periods[choice]}
              </option>
            ))}
          </select>
        </div>
      </div>
      {period.value === 'range' ? (
        <div class={styles.range}>
          <label for={fromId}>{said.from}</label>
          <input
            id={fromId}
            type="date"
            class={styles.date}
            value={from.value}
            max={to.value}
            onInput={(event) => {
              from.value = event.currentTarget.value
            }}
          />
          <label for={toId}>{said.to}</label>
          <input
            id={toId}
            type="date"
            class={styles.date}
            value={to.value}
            min={from.value}
            onInput={(event) => {
              to.value = event.currentTarget.value
            }}
          />
        </div>
      ) : null}
    </>
  )
}
