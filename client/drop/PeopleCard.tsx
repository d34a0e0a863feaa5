import { useRef } from 'preact/hooks'
import { Face } from '../components/Face.tsx'
import { SearchField } from '../components/SearchField.tsx'
import shared from '../components/shared.module.css'
import tools from '../components/Tools.module.css'
import { useWords } from '../context.ts'
import { useDrop, useDropWords } from './context.ts'
import { orders, shows, type Order, type Show } from './desk.ts'
import type { Result } from './model.ts'
import { MOST_SCROLLED, PeopleGrid } from './PeopleGrid.tsx'
import styles from './PeopleCard.module.css'

/** The people: searched, sorted, those who did not come apart; a window of the list that the Worker holds. */
export function PeopleCard({ result, onOpen }: { result: Result; onOpen: (index: number) => void }) {
  const { list } = useDrop()
  const { words } = useWords()
  const said = useDropWords().people
  const scroller = useRef<HTMLDivElement>(null)
  const selected = list.selected.value
  if (selected === null) return <section class={styles.card} aria-busy="true" />
  const { count, counts } = selected
  return (
    <section class={styles.card} aria-label={words.live.list}>
      <div class={styles.tools}>
        <div
          class={tools.row}
          onInput={() => {
            list.type()
          }}
          onClick={() => {
            list.type()
          }}
        >
          <SearchField
            value={list.search}
            label={words.live.searchLabel}
            placeholder={said.search(counts.came)}
            clearLabel={words.live.clearSearch}
            shortcut
          />
        </div>
        <div class={tools.filters}>
          <div class={tools.chips} role="group" aria-label={words.live.filters}>
            {shows
              .filter((show) => show === 'came' || show === list.show.value || counts[show] > 0)
              .map((show) => (
                <Chip
                  key={show}
                  show={show}
                  count={counts[show]}
                  hasTimes={result.overview.counts.hasTimes}
                />
              ))}
          </div>
          <label class={tools.sort}>
            <span class={shared.hidden}>{words.live.sort}</span>
            <select
              class={tools.select}
              value={list.order.value}
              onChange={({ currentTarget }) => {
                list.setOrder(currentTarget.value as Order)
              }}
            >
              {orders.map((order) => (
                <option key={order} value={order}>
                  {said.orders[order]}
                </option>
              ))}
            </select>
          </label>
        </div>
      </div>
      {count > MOST_SCROLLED ? <p class={styles.many}>{said.tooMany(MOST_SCROLLED)}</p> : null}
      <div ref={scroller} class={styles.scroller}>
        {count === 0 ? (
          <Face inside icon="search" title={words.live.noMatch} text={[words.live.noMatchNext]}>
            <button
              type="button"
              class={shared.button}
              onClick={() => {
                list.search.value = ''
                list.setShow('came')
              }}
            >
              {words.live.showAll}
            </button>
          </Face>
        ) : (
          <PeopleGrid scroller={scroller} count={count} result={result} onOpen={onOpen} />
        )}
      </div>
    </section>
  )
}

interface ChipProps {
  show: Show
  count: number
  hasTimes: boolean
}

function Chip({ show, count, hasTimes }: ChipProps) {
  const { list, minimum } = useDrop()
  const { format } = useWords()
  const said = useDropWords()
  const on = list.show.value === show
  // Without times nobody was seen to come.
  const word = show === 'came' && !hasTimes ? said.people.listed : said.people.shows[show]
  return (
    <button
      type="button"
      class={`${tools.chip} ${on ? tools.on : ''}`}
      aria-pressed={on}
      onClick={() => {
        list.setShow(on ? 'came' : show)
      }}
    >
      {typeof word === 'string' ? word : word(said.percent(minimum.settled.value))}{' '}
      <span class={tools.count}>{format.count(count)}</span>
    </button>
  )
}
