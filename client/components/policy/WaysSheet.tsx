import { usePanel, useWords } from '../../context.ts'
import type { OpenSheet } from '../PeopleScreen.tsx'
import { Sheet } from '../Sheet.tsx'
import { BaseLine } from './BaseLine.tsx'

interface WaysSheetProps {
  onOpen: (sheet: NonNullable<OpenSheet>) => void
  onClose: () => void
}

/** While a meeting runs, the ways to its rules and corrections stand behind one button, so that the list has the room. */
export function WaysSheet({ onOpen, onClose }: WaysSheetProps) {
  const { roster } = usePanel()
  const { words } = useWords()
  const topic = roster.head.value?.topic ?? words.live.untitled
  return (
    <Sheet title={words.live.ways} subtitle={topic} onClose={onClose}>
      <BaseLine
        onOpen={(sheet) => {
          onOpen({ sheet })
        }}
      />
    </Sheet>
  )
}
