import { usePanel, useWords } from '../context.ts'
import { firstShows, shows, sorts, type Show, type Sort } from '../models/table.ts'
import { lazily } from './lazy.tsx'
import { SearchField } from './SearchField.tsx'
import shared from './shared.module.css'
import styles from './Tools.module.css'

const MoreFilters = lazily(
  async () => (await import('./MoreFilters.tsx')).MoreFilters,
  () => null,
)

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
  const offered = firstShows.filter(
    (show) =>
      show === 'all' ||
      (show === 'here' && !over) ||
      show === list.show.value ||
      (counts[show] > 0 && (useful[show] ?? true)),
  )
  const others = shows.slice(firstShows.length)
  // Without anybody who did not come, everybody is nobody else than all.
  const offersMore =
    list.labels.value.size > 0 ||
    others.some((show) => (show !== 'everybody' && counts[show] > 0) || show === list.show.value)
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
          {offersMore ? <MoreFilters /> : null}
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

function Chip({ show, count }: { show: (typeof firstShows)[number]; count: string }) {
  const { list } = usePanel()
  const { words } = useWords()
  const on = list.show.value === show && (show !== 'all' || list.label.value === null)
  return (
    <button
      type="button"
      class={`${styles.chip} ${on ? styles.on : ''}`}
      aria-pressed={on}
      onClick={() => {
        if (show === 'all') list.showAll()
        else list.show.value = on ? 'all' : show
      }}
    >
      {words.filters[show]} <span class={styles.count}>{count}</span>
    </button>
  )
}
