import type { Proposal } from '../../../shared/wire/index.ts'
import form from '../form.module.css'
import shared from '../shared.module.css'
import { useCorrecting, useCorrectionWords } from './useCorrecting.ts'

interface SameOrNotProps {
  keys: Proposal['keys']
  /** Whom it is about, for who hears the buttons one by one. */
  about: string
  onMerged?: (personId: string | null) => void
}

/** The two answers to "may these be one person?", for whoever may give them. */
export function SameOrNot({ keys, about, onMerged }: SameOrNotProps) {
  const correcting = useCorrecting()
  const said = useCorrectionWords()
  if (!correcting.mayManage.value) return null
  return (
    <p class={form.buttons}>
      <button
        type="button"
        class={`${shared.button} ${form.small}`}
        aria-label={`${said.same}: ${about}`}
        aria-disabled={correcting.working.value}
        onClick={() =>
          void correcting.correct({ kind: 'merge', connections: keys }).then((answer) => {
            if (answer !== undefined) onMerged?.(answer.personId)
          })
        }
      >
        {said.same}
      </button>
      <button
        type="button"
        class={`${shared.button} ${form.small}`}
        aria-label={`${said.notSame}: ${about}`}
        aria-disabled={correcting.working.value}
        onClick={() => void correcting.correct({ kind: 'apart', connections: keys })}
      >
        {said.notSame}
      </button>
    </p>
  )
}
