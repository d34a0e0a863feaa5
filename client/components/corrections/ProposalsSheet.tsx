import { useWords } from '../../context.ts'
import { PersonLink } from './PersonLink.tsx'
import { ProposedSheet } from './ProposedSheet.tsx'
import { SameOrNot } from './SameOrNot.tsx'
import { useCorrectionWords } from './useCorrecting.ts'
import { useProposing, type Pair } from './useProposing.ts'
import styles from './Card.module.css'

interface ProposalsSheetProps {
  onOpen: (personId: string) => void
  onClose: () => void
}

/** Every pair of the list that may be one person, with its reason and the two answers to it. */
export function ProposalsSheet({ onOpen, onClose }: ProposalsSheetProps) {
  return (
    <ProposedSheet
      model={useProposing()}
      said={useCorrectionWords().pairs}
      line={(pair) => (
        // Not by their keys, which whoever may not read addresses does not get.
        <PairLine key={`${pair.personId} ${pair.proposal.personId}`} pair={pair} onOpen={onOpen} />
      )}
      onClose={onClose}
    />
  )
}

function PairLine({ pair, onOpen }: { pair: Pair; onOpen: (personId: string) => void }) {
  const { words } = useWords()
  const said = useCorrectionWords()
  const { personId, name, proposal } = pair
  const { reason, keys } = proposal
  const both = [
    { id: personId, name: name.trim() || words.row.nameless },
    { id: proposal.personId, name: proposal.name.trim() || words.row.nameless },
  ]
  return (
    <li class={styles.suggestion}>
      {both.map((one) => (
        <PersonLink key={one.id} {...one} onOpen={onOpen} />
      ))}
      <p class={styles.why}>{said.proposalReasons[reason.code]?.(reason.value ?? '') ?? ''}</p>
      <SameOrNot keys={keys} about={both.map((one) => one.name).join(said.and)} />
    </li>
  )
}
