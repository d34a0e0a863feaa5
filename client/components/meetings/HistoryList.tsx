import type { RefObject } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { GatheringItem } from '../../../shared/wire/index.ts'
import { usePanel, useWords } from '../../context.ts'
import { ColumnNames } from '../ColumnNames.tsx'
import { unevenRows } from '../range.ts'
import rowStyles from '../row.module.css'
import { useRows } from '../useRows.ts'
import { HistoryRow } from './HistoryRow.tsx'
import { useMeetingWords } from './words.ts'

interface HistoryListProps {
  scroller: RefObject<HTMLElement | null>
  sticky: RefObject<HTMLElement | null>
}

const ROW_PX = 60
const HEADING_PX = 34

/** The meetings, a heading over each month. */
export function HistoryList({ scroller, sticky }: HistoryListProps) {
  const { history, navigation } = usePanel()
  const { language } = useWords()
  const said = useMeetingWords().history
  const items = history.list.items.value
  const months = useMemo(() => monthsOf(items, language), [items, language])
  const layout = useMemo(
    () => unevenRows(months.map((month) => (month === null ? ROW_PX : ROW_PX + HEADING_PX))),
    [months],
  )
  const { body, indexes, current, goTo, onFocus, onKeyDown } = useRows({ scroller, sticky, layout })

  // Back from a meeting, the focus is where it came from.
  useEffect(() => {
    const from = navigation.takeReturn()
    const index = from === null ? -1 : items.findIndex(({ id }) => id === from)
    if (index >= 0) goTo(index)
  }, [navigation])

  return (
    <div
      role="grid"
      aria-label={said.list}
      aria-rowcount={history.list.hasMore() ? -1 : items.length + 1}
      aria-colcount={4}
      onKeyDown={onKeyDown}
    >
      <ColumnNames
        names={[said.columns.topic, said.columns.people, said.columns.when, said.columns.report]}
      />
      <div ref={body} role="rowgroup" class={rowStyles.body} style={{ height: `${layout.height}px` }}>
        {indexes.map((index) => {
          const item = items[index]
          const month = months[index] ?? null
          return item === undefined ? null : (
            <HistoryRow
              key={item.id}
              item={item}
              index={index}
              top={layout.topOf(index) + (month === null ? 0 : HEADING_PX)}
              month={month}
              active={index === current}
              opened={navigation.opened.value === item.id}
              onOpen={navigation.openMeeting}
              onFocus={onFocus}
            />
          )
        })}
      </div>
    </div>
  )
}

/** For every item the name of its month, where it is the first one of it; else null. */
function monthsOf(items: readonly GatheringItem[], language: string): (string | null)[] {
  const names = new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
    month: 'long',
    year: 'numeric',
  })
  let before = ''
  return items.map(({ startedAt }) => {
    if (startedAt === null) return null
    const name = names.format(Date.parse(startedAt)).replace(' г.', '')
    const first = name !== before
    before = name
    return first ? name.charAt(0).toUpperCase() + name.slice(1) : null
  })
}
