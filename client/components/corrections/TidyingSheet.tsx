import type { CleaningItem, CorrectionAct } from '../../../shared/wire/index.ts'
import { useWords } from '../../context.ts'
import form from '../form.module.css'
import shared from '../shared.module.css'
import { PersonLink } from './PersonLink.tsx'
import { ProposedSheet } from './ProposedSheet.tsx'
import { useCorrecting, useCorrectionWords } from './useCorrecting.ts'
import { useTidying } from './useProposing.ts'
import styles from './Card.module.css'

interface TidyingSheetProps {
  onOpen: (personId: string) => void
  onClose: () => void
}

/** Every name and address of the list that may be written tidier, with why and the two answers to it. */
export function TidyingSheet({ onOpen, onClose }: TidyingSheetProps) {
  return (
    <ProposedSheet
      model={useTidying()}
      said={useCorrectionWords().tidying}
      line={(item) => <CleaningLine key={`${item.personId} ${item.of}`} item={item} onOpen={onOpen} />}
      onClose={onClose}
    />
  )
}

function CleaningLine({ item, onOpen }: { item: CleaningItem; onOpen: (personId: string) => void }) {
  const { words } = useWords()
  const said = useCorrectionWords()
  const { personId, name, of, written, proposed, codes } = item
  const reasons = codes.map((code) => said.cleaningReasons[code] ?? '').filter((text) => text !== '')
  return (
    <li class={styles.suggestion}>
      <PersonLink id={personId} name={name.trim() || words.row.nameless} onOpen={onOpen} />
      {of === 'name' ? null : (
        <p>
          <bdi class={styles.written}>{written}</bdi>{' '}
          {codes.includes('role_address') ? <span class={styles.mark}>{said.tidying.role}</span> : null}
        </p>
      )}
      {proposed === null ? null : <p class={styles.strong}>{said.cleaned(proposed)}</p>}
      <p class={styles.why}>{reasons.join(' ')}</p>
      <UseOrLeave item={item} />
    </li>
  )
}

/** Leaving it is a word of the host as well: what stands there now is theirs from then on, and is not proposed again. */
function UseOrLeave({ item: { of, connection, name, email, written, proposed } }: { item: CleaningItem }) {
  const correcting = useCorrecting()
  const said = useCorrectionWords()
  if (!correcting.mayManage.value) return null
  const answers: { text: string; about: string; act: CorrectionAct }[] = [
    {
      ...{ text: said.leave, about: written },
      act: of === 'name' ? { kind: 'rename', connection, name } : { kind: 'email', connection, email },
    },
  ]
  if (proposed !== null)
    answers.unshift({
      ...{ text: said.use, about: proposed },
      act:
        of === 'name'
          ? { kind: 'rename', connection, name: proposed }
          : { kind: 'email', connection, email: proposed },
    })
  return (
    <p class={form.buttons}>
      {answers.map(({ text, about, act }) => (
        <button
          key={text}
          type="button"
          class={`${shared.button} ${form.small}`}
          aria-label={`${text}: ${about.trim()}`}
          aria-disabled={correcting.working.value}
          onClick={() => void correcting.correct(act)}
        >
          {text}
        </button>
      ))}
    </p>
  )
}
