import type { PersonRow } from '../../shared/wire/index.ts'
import { useWords } from '../context.ts'
import { initials, otherNames } from './circumstances.ts'
import shared from './shared.module.css'
import styles from './PersonName.module.css'

/** What of a person is in their name. */
export type Named = Pick<PersonRow, 'name' | 'names' | 'role' | 'state'> & {
  identity: { confidence: PersonRow['identity']['confidence'] }
}

interface PersonNameProps {
  row: Named
  /** In a meeting that is over nobody is here any more: then that says nothing. */
  over?: boolean
}

/** Initials with the state, the name with the others it goes by, and at most one tag. */
export function PersonName({ row, over = false }: PersonNameProps) {
  const { words } = useWords()
  const others = otherNames(row)
  const tag = tagOf(row)
  return (
    <>
      <span class={styles.avatar} aria-hidden="true">
        {initials(row)}
        {over ? null : <i class={`${styles.dot} ${styles[row.state]}`} />}
      </span>
      <span class={styles.line}>
        <span class={styles.names}>
          <bdi class={styles.name}>{row.name.trim() || words.row.nameless}</bdi>
          {others.length === 0 ? null : (
            <span class={styles.others}>
              {' · '}
              <bdi>{others.join(', ')}</bdi>
            </span>
          )}
        </span>
        {over ? null : <span class={shared.hidden}>, {words.states[row.state]}</span>}
        {tag === null ? null : (
          <span class={`${styles.tag} ${styles[tag]}`}>
            {tag === 'waiting'
              ? words.row.waitingRoom
              : tag === 'unidentified'
                ? words.confidences[tag]
                : null}
            {tag === 'conflict' ? words.confidences.conflict : null}
            {tag === 'host' || tag === 'cohost' || tag === 'panelist' ? words.roles[tag] : null}
          </span>
        )}
      </span>
    </>
  )
}

type Tag = 'host' | 'cohost' | 'panelist' | 'waiting' | 'unidentified' | 'conflict'

/** What matters most wins: a doubt about who this is, then where they are, then their role. */
function tagOf(row: Named): Tag | null {
  if (row.identity.confidence === 'conflict') return 'conflict'
  if (row.state === 'waiting') return 'waiting'
  if (row.identity.confidence === 'unidentified') return 'unidentified'
  return row.role === 'host' || row.role === 'cohost' || row.role === 'panelist' ? row.role : null
}
