import type { Signal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { PersonRow } from '../../../shared/wire/index.ts'
import { usePanel, useWords } from '../../context.ts'
import { presentSeconds, type Entry } from '../../models/table.ts'
import { ColumnNames } from '../ColumnNames.tsx'
import { Face } from '../Face.tsx'
import { GridRow } from '../GridRow.tsx'
import { Icon } from '../Icon.tsx'
import { evenRows } from '../range.ts'
import rowStyles from '../row.module.css'
import { SearchField } from '../SearchField.tsx'
import shared from '../shared.module.css'
import sheet from '../Sheet.module.css'
import { useRows } from '../useRows.ts'
import { Trouble } from './Trouble.tsx'
import { useCorrecting, useCorrectionWords } from './useCorrecting.ts'
import { whereabouts } from './whereabouts.ts'
import styles from './MergeView.module.css'

export const ROW_PX = 52

interface MergeViewProps {
  row: PersonRow
  scroller: RefObject<HTMLDivElement | null>
  search: Signal<string>
  onMerged: (personId: string | null) => void
  onBack: () => void
}

/** Whom the person opened is one with: searched among everybody on the list. */
export function MergeView({ row, scroller, search, onMerged, onBack }: MergeViewProps) {
  const { roster } = usePanel()
  const { words } = useWords()
  const said = useCorrectionWords().merge
  const sticky = useRef<HTMLDivElement>(null)
  void roster.revision.value
  const others = roster.table.select('all', search.value).filter((entry) => entry.row.id !== row.id)
  useLayoutEffect(() => {
    sticky.current?.querySelector('input')?.focus()
  }, [])
  return (
    <div
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onBack()
      }}
    >
      <div ref={sticky} class={sheet.sticky}>
        <button type="button" class={`${shared.link} ${styles.back}`} onClick={onBack}>
          <Icon name="back" size={14} />
          {said.back}
        </button>
        <p class={styles.explain}>{said.explain(row.name.trim() || words.row.nameless)}</p>
        <SearchField value={search} label={said.search} placeholder={said.search} clearLabel={said.clear} />
        <Trouble />
      </div>
      {others.length > 0 ? (
        <OtherPeople others={others} scroller={scroller} sticky={sticky} onMerged={onMerged} />
      ) : roster.table.size() < 2 ? (
        <Face inside icon="people" title={said.alone} text={[said.aloneNext]} />
      ) : (
        <Face inside icon="search" title={said.nobody} text={[said.nobodyNext]} />
      )}
    </div>
  )
}

interface OtherPeopleProps extends Pick<MergeViewProps, 'scroller' | 'onMerged'> {
  others: readonly Entry[]
  sticky: RefObject<HTMLDivElement | null>
}

function OtherPeople({ others, scroller, sticky, onMerged }: OtherPeopleProps) {
  const { roster } = usePanel()
  const correcting = useCorrecting()
  const { words, format } = useWords()
  const said = useCorrectionWords().merge
  const layout = evenRows(others.length, ROW_PX)
  const { body, indexes, current, onFocus, onKeyDown } = useRows({ scroller, sticky, layout })
  const merge = (id: string) => {
    void correcting.mergeWith(id).then((answer) => {
      if (answer !== undefined) onMerged(answer.personId)
    })
  }
  return (
    <div
      role="grid"
      aria-label={said.list}
      aria-rowcount={others.length + 1}
      aria-colcount={3}
      aria-busy={correcting.working.value}
      onKeyDown={onKeyDown}
    >
      <ColumnNames names={[words.columns.name, words.columns.minutes, words.columns.circumstances]} />
      <div ref={body} role="rowgroup" class={rowStyles.body} style={{ height: `${layout.height}px` }}>
        {indexes.map((index) => {
          const entry = others[index]
          if (entry === undefined) return null
          const { row } = entry
          const seconds = presentSeconds(entry, roster.nowMs.value)
          return (
            <GridRow
              key={row.id}
              index={index}
              top={layout.topOf(index)}
              active={index === current}
              class={styles.row}
              onOpen={() => {
                merge(row.id)
              }}
              onFocus={onFocus}
            >
              <div role="gridcell" class={rowStyles.name}>
                <bdi>{row.name.trim() || words.row.nameless}</bdi>
              </div>
              <div role="gridcell" class={rowStyles.amount}>
                {seconds === 0 ? '–' : format.minutes(seconds)}
              </div>
              <div role="gridcell" class={`${rowStyles.line} ${styles.where}`}>
                <bdi>{whereabouts(row, words, format)}</bdi>
              </div>
            </GridRow>
          )
        })}
      </div>
    </div>
  )
}
