import { usePanel, useWords } from '../../context.ts'
import shared from '../shared.module.css'
import { whereabouts } from './whereabouts.ts'
import styles from './Card.module.css'

interface PersonLinkProps {
  id: string
  name: string
  onOpen: (personId: string) => void
}

/** Somebody something is proposed of; opens to everything behind them. */
export function PersonLink({ id, name, onOpen }: PersonLinkProps) {
  const { roster } = usePanel()
  const { words, format } = useWords()
  void roster.revision.value
  const row = roster.table.get(id)?.row
  return (
    <p>
      {row === undefined ? (
        <bdi class={styles.strong}>{name}</bdi>
      ) : (
        <button
          type="button"
          class={`${shared.link} ${styles.strong}`}
          onClick={() => {
            onOpen(id)
          }}
        >
          <bdi>{name}</bdi>
        </button>
      )}
      {row === undefined ? null : <bdi class={styles.quiet}> {whereabouts(row, words, format)}</bdi>}
    </p>
  )
}
