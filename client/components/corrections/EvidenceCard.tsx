import type { PersonCard, PersonRow } from '../../../shared/wire/index.ts'
import { evidenceSentence } from '../../../shared/words/evidence.ts'
import { useWords } from '../../context.ts'
import type { Read } from '../../models/correcting.ts'
import shared from '../shared.module.css'
import { Registrations } from '../expected/Registrations.tsx'
import { StayList } from '../StayList.tsx'
import { Unread } from '../Unread.tsx'
import { Acts } from './Acts.tsx'
import { ConnectionCard } from './ConnectionCard.tsx'
import { CorrectionLine } from './CorrectionLine.tsx'
import { Suggestions } from './Suggestions.tsx'
import { useCorrecting, useCorrectionWords } from './useCorrecting.ts'
import styles from './Card.module.css'

interface EvidenceCardProps {
  row: PersonRow
  read: Read<PersonCard>
  onMerge: () => void
  onMerged: (personId: string | null) => void
}

/**
 * Everything behind one line: what may be so, what can be said, how sure we are and why, each connection, what was changed.
 * Until it comes, the stays the list knows.
 */
export function EvidenceCard({ row, read, onMerge, onMerged }: EvidenceCardProps) {
  const correcting = useCorrecting()
  const { words, format, language } = useWords()
  const said = useCorrectionWords()
  const card = read.status === 'ready' ? read.answer : null
  const connection = card?.connections[0]?.key
  // What may be is told by the proposals of the card, which go once the host has answered them.
  const reasons = row.identity.evidence
    .filter(({ code }) => card === null || !code.startsWith('proposal_'))
    .map((reason) => evidenceSentence(reason, language))
    .filter((text) => text !== '')
  if (row.onListOnly)
    return card === null ? (
      <Unread read={read} loading={said.loading} onTryAgain={correcting.refresh} />
    ) : (
      <Registrations registrations={card.registrations} />
    )
  return (
    <>
      {card === null ? null : <Suggestions card={card} onMerged={onMerged} />}
      {connection === undefined || !correcting.mayManage.value ? null : (
        <Acts key={row.id} row={row} connection={connection} onMerge={onMerge} />
      )}
      <h3 class={shared.caption}>{words.person.why}</h3>
      <p class={styles.confidence}>
        <strong>{words.confidences[row.identity.confidence]}.</strong> {reasons.join(' ')}
      </p>
      {read.status !== 'ready' || card === null ? (
        <>
          <h3 class={shared.caption}>{words.person.stays}</h3>
          <StayList stays={row.stays} time={format.timeExact} />
          <Unread read={read} loading={said.loading} onTryAgain={correcting.refresh} />
        </>
      ) : (
        <>
          <h3 class={shared.caption}>{said.connections(card.connections.length)}</h3>
          <ul class={styles.list}>
            {card.connections.map((one, index) => (
              // Not by its key, which whoever may not read addresses does not get.
              <ConnectionCard key={index} connection={one} alone={card.connections.length === 1} />
            ))}
          </ul>
          <Registrations registrations={card.registrations} />
          {card.corrections.length === 0 ? null : (
            <>
              <h3 class={shared.caption}>{said.corrections}</h3>
              <ul class={styles.list}>
                {card.corrections.map((item) => (
                  <CorrectionLine key={item.seq} item={item} tellsAbout={false} />
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </>
  )
}
