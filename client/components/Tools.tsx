import { usePanel, useWords } from '../context.ts'
import { shows, sorts, type Show, type Sort } from '../models/table.ts'
import { SearchField } from './SearchField.tsx'
import shared from './shared.module.css'
import styles from './Tools.module.css'

interface ToolsProps {
  /** Whether the list is exported from here. */
  mayExport: boolean
  mayReadEmails: boolean
  onExport: () => void
}

/** Search, export, what to show, in which order. "/" puts the cursor into the search from anywhere. */
export function Tools({ mayExport, mayReadEmails, onExport }: ToolsProps) {
  const { list, roster } = usePanel()
  const { words, format } = useWords()
  const over = (roster.head.value?.endedAt ?? null) !== null
  const counts = list.counts.value

  // While people come and go it matters who left; afterwards everybody has, and who never came in is what is left to explain.
  const useful: Partial<Record<Show, boolean>> = {
    left: !over,
    waiting_only: over,
    no_email: mayReadEmails,
  }
  const offered = shows.filter(
    (show) =>
      show === 'all' ||
      (show === 'here' && !over) ||
      show === list.show.value ||
      (counts[show] > 0 && (useful[show] ?? true)),
  )
  return (
    <div class={styles.tools}>
      <div class={styles.row}>
        <SearchField
          value={list.search}
          label={words.live.searchLabel}
          placeholder={words.live.search(counts.all)}
          clearLabel={words.live.clearSearch}
          shortcut
        />
        {mayExport ? (
          <button type="button" class={`${shared.button} ${shared.main}`} onClick={onExport}>
            {words.live.export}
          </button>
        ) : null}
      </div>
      <div class={styles.filters}>
        <div class={styles.chips} role="group" aria-label={words.live.filters}>
          {offered.map((show) => (
            <Chip key={show} show={show} count={format.count(counts[show])} />
          ))}
        </div>
        <label class={styles.sort}>
          <span class={shared.hidden}>{words.live.sort}</span>
          <select
            class={styles.select}
            value={list.sort.value}
            onChange={(event) => {
              list.setSort(event.currentTarget.value as Sort)
            }}
          >
            {sorts.map((sort) => (
              <option key={sort} value={sort}>
                {words.sorts[sort]}
              </option>
            ))}
          </select>
        </label>
      </div>
    </div>
  )
}

function Chip({ show, count }: { show: Show; count: string }) {
  const { list } = usePanel()
  const { words } = useWords()
  const on = list.show.value === show
  return (
    <button
      type="button"
      class={`${styles.chip} ${on ? styles.on : ''}`}
      aria-pressed={on}
      onClick={() => {
        list.show.value = on ? 'all' : show
      }}
    >
      {words.filters[show]} <span class={styles.count}>{count}</span>
    </button>
  )
}
