import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { usePanel, useWords } from '../../context.ts'
import type { Pair } from '../../models/proposing.ts'
import { Face } from '../Face.tsx'
import { Sheet } from '../Sheet.tsx'
import shared from '../shared.module.css'
import { Unread } from '../Unread.tsx'
import { Pages } from './Pages.tsx'
import { SameOrNot } from './SameOrNot.tsx'
import { Toast } from './Toast.tsx'
import { Trouble } from './Trouble.tsx'
import { useCorrecting, useCorrectionWords } from './useCorrecting.ts'
import { useProposing } from './useProposing.ts'
import { whereabouts } from './whereabouts.ts'
import styles from './Card.module.css'

interface ProposalsSheetProps {
  onOpen: (personId: string) => void
  onClose: () => void
}

/** Every pair of the list that may be one person, with its reason and the two answers to it. */
export function ProposalsSheet({ onOpen, onClose }: ProposalsSheetProps) {
  const { roster } = usePanel()
  const correcting = useCorrecting()
  const proposing = useProposing()
  const said = useCorrectionWords().pairs
  const inside = useRef<HTMLDivElement>(null)
  const gatheringId = roster.head.value?.id ?? null
  const done = correcting.done.value
  const read = proposing.pairs.value
  const more = proposing.more.value
  useEffect(() => {
    if (gatheringId !== null) correcting.openProposals(gatheringId)
  }, [correcting, gatheringId])
  useEffect(() => {
    if (done !== null) void proposing.refresh()
  }, [proposing, done])
  // A pair goes with the answer to it and takes the focus along: the next pair has it, or the way back.
  useLayoutEffect(() => {
    if (document.activeElement === document.body)
      inside.current?.querySelector<HTMLElement>('li button, [role=status] button')?.focus()
  }, [read])
  return (
    <Sheet title={said.title} subtitle={said.subtitle} onClose={onClose}>
      <div ref={inside}>
        <Trouble />
        {read.status !== 'ready' ? (
          <Unread read={read} loading={said.loading} onTryAgain={proposing.refresh} />
        ) : read.answer.length === 0 ? (
          <Face inside icon="people" title={said.empty} text={[said.emptyNext]} />
        ) : (
          <>
            <Pages
              items={read.answer}
              line={(pair) => <PairLine key={pair.proposal.keys.join(' ')} pair={pair} onOpen={onOpen} />}
              back={said.before}
              on={said.after}
            />
            {more > 0 ? <p class={`${styles.quiet} ${styles.more}`}>{said.more(more)}</p> : null}
          </>
        )}
        <div class={styles.stuck}>
          <Toast />
        </div>
      </div>
    </Sheet>
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
        <Side key={one.id} {...one} onOpen={onOpen} />
      ))}
      <p class={styles.why}>{said.proposalReasons[reason.code]?.(reason.value ?? '') ?? ''}</p>
      <SameOrNot keys={keys} about={both.map((one) => one.name).join(said.and)} />
    </li>
  )
}

/** One of a pair; opens to everything behind them. */
function Side({ id, name, onOpen }: { id: string; name: string; onOpen: (personId: string) => void }) {
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
