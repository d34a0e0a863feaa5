import type { PersonCard, PersonRow } from '../../../shared/wire/index.ts'
import { evidenceSentence, problemWords } from '../../../shared/words/index.ts'
import { useWords } from '../../context.ts'
import type { Read } from '../../models/correcting.ts'
import { Face } from '../Face.tsx'
import shared from '../shared.module.css'
import { StayList } from '../StayList.tsx'
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

/** Everything behind one line: what may be so, what can be said, how sure we are and why, each connection, what was changed. */
export function EvidenceCard({ row, read, onMerge, onMerged }: EvidenceCardProps) {
  const correcting = useCorrecting()
  const { words, language } = useWords()
  const said = useCorrectionWords()
  const card = read.status === 'ready' ? read.answer : null
  const connection = card?.connections[0]?.key
  // What may be is told by the proposals of the card, which go once the host has answered them.
  const reasons = row.identity.evidence
    .filter(({ code }) => card === null || !code.startsWith('proposal_'))
    .map((reason) => evidenceSentence(reason, language))
    .filter((text) => text !== '')
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
      {card === null ? (
        <Unread row={row} read={read} />
      ) : (
        <>
          <h3 class={shared.caption}>{said.connections(card.connections.length)}</h3>
          <ul class={styles.list}>
            {card.connections.map((one) => (
              <ConnectionCard key={one.key} connection={one} alone={card.connections.length === 1} />
            ))}
          </ul>
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

/** Until the connections come, the stays the list knows: when they do not come, what happened and the way out. */
function Unread({ row, read }: { row: PersonRow; read: Read<PersonCard> }) {
  const correcting = useCorrecting()
  const { words, format, language } = useWords()
  const said = useCorrectionWords()
  const problem = read.status === 'failed' ? problemWords(read.code, language) : null
  return (
    <>
      <h3 class={shared.caption}>{words.person.stays}</h3>
      <StayList stays={row.stays} time={format.timeExact} />
      {problem === null ? (
        <p class={styles.loading} role="status">
          {said.loading}
        </p>
      ) : (
        <Face inside icon="plug" title={problem.what} text={[problem.why]} alert>
          <button type="button" class={shared.button} onClick={() => void correcting.refresh()}>
            {words.faces.tryAgain}
          </button>
        </Face>
      )}
    </>
  )
}
