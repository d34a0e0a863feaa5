import type { ComponentChildren } from 'preact'
import rowStyles from './row.module.css'

interface GridRowProps {
  index: number
  /** Where it stands in the list, in pixels. */
  top: number
  /** Whether Tab stops here. */
  active: boolean
  class?: string | undefined
  /** Left out where rows are not selected. */
  selected?: boolean
  onOpen: () => void
  onFocus: (index: number) => void
  children: ComponentChildren
}

/** A row of a long list, placed by hand: opened by a click, Enter or the space bar, and told which place it has of all. */
export function GridRow({
  index,
  top,
  active,
  class: look = '',
  selected,
  onOpen,
  onFocus,
  children,
}: GridRowProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      class={`${rowStyles.row} ${look}`}
      style={{ transform: `translateY(${top}px)` }}
      tabIndex={active ? 0 : -1}
      data-index={index}
      onClick={onOpen}
      onFocus={() => {
        onFocus(index)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        onOpen()
      }}
    >
      {children}
    </div>
  )
}
