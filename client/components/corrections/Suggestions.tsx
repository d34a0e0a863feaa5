import type { Cleaning, PersonCard, Proposal } from '../../../shared/wire/index.ts'
import { useWords } from '../../context.ts'
import form from '../form.module.css'
import shared from '../shared.module.css'
import { SameOrNot } from './SameOrNot.tsx'
import { useCorrecting, useCorrectionWords } from './useCorrecting.ts'
import styles from './Card.module.css'

interface SuggestionsProps {
  card: PersonCard
  onMerged: (personId: string | null) => void
}

/** What may be so and is never done by itself: somebody who may be the same person, a tidier spelling. */
export function Suggestions({ card, onMerged }: SuggestionsProps) {
  const said = useCorrectionWords()
  const connection = card.connections[0]?.key ?? null
  return (
    <>
      {card.proposals.length === 0 ? null : (
        <>
          <h3 class={shared.caption}>{said.proposals}</h3>
          <ul class={styles.list}>
            {card.proposals.map((proposal) => (
              <ProposalCard key={proposal.personId} proposal={proposal} onMerged={onMerged} />
            ))}
          </ul>
        </>
      )}
      {card.cleanings.length === 0 ? null : (
        <>
          <h3 class={shared.caption}>{said.cleanings}</h3>
          <ul class={styles.list}>
            {card.cleanings.map((cleaning) => (
              <CleaningCard
                key={`${cleaning.of} ${cleaning.code}`}
                cleaning={cleaning}
                connection={connection}
              />
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function ProposalCard({
  proposal: { name, email, reason, keys },
  onMerged,
}: {
  proposal: Proposal
  onMerged: (personId: string | null) => void
}) {
  const { words } = useWords()
  const said = useCorrectionWords()
  const shownName = name.trim() || words.row.nameless
  return (
    <li class={styles.suggestion}>
      <p>
        <bdi class={styles.strong}>{shownName}</bdi>
        {email === null ? null : <bdi class={styles.quiet}> {email}</bdi>}
      </p>
      <p class={styles.why}>{said.proposalReasons[reason.code]?.(reason.value ?? '') ?? ''}</p>
      <SameOrNot keys={keys} about={shownName} onMerged={onMerged} />
    </li>
  )
}

function CleaningCard({ cleaning, connection }: { cleaning: Cleaning; connection: string | null }) {
  const correcting = useCorrecting()
  const said = useCorrectionWords()
  const { of, code, proposed } = cleaning
  const act =
    proposed === null || connection === null
      ? null
      : of === 'name'
        ? ({ kind: 'rename', connection, name: proposed } as const)
        : ({ kind: 'email', connection, email: proposed } as const)
  return (
    <li class={styles.suggestion}>
      {proposed === null ? null : <p class={styles.strong}>{said.cleaned(proposed)}</p>}
      <p class={styles.why}>{said.cleaningReasons[code] ?? ''}</p>
      {act === null || !correcting.mayManage.value ? null : (
        <p class={form.buttons}>
          <button
            type="button"
            class={`${shared.button} ${form.small}`}
            aria-label={`${said.use}: ${proposed ?? ''}`}
            aria-disabled={correcting.working.value}
            onClick={() => void correcting.correct(act)}
          >
            {said.use}
          </button>
        </p>
      )}
    </li>
  )
}
