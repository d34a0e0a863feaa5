import type { CardConnection, CardFact } from '../../../shared/wire/index.ts'
import { evidenceSentence } from '../../../shared/words/evidence.ts'
import { fromTo } from '../../../shared/words/index.ts'
import { usePanel, useWords } from '../../context.ts'
import { PresenceBar } from '../PresenceBar.tsx'
import { StayList } from '../StayList.tsx'
import form from '../form.module.css'
import shared from '../shared.module.css'
import { useCorrecting, useCorrectionWords } from './useCorrecting.ts'
import styles from './Card.module.css'

interface ConnectionCardProps {
  connection: CardConnection
  /** Alone there is nobody to take it away from. */
  alone: boolean
}

/** One device: when it was where, under which names, who says so, why it is this person, and every row behind it. */
export function ConnectionCard({ connection, alone }: ConnectionCardProps) {
  const { roster } = usePanel()
  const correcting = useCorrecting()
  const { words, format, language } = useWords()
  const said = useCorrectionWords()
  const { key, segments, names, email, witnesses, reasons, facts, moreFacts } = connection
  const name = names.map((one) => one.trim() || words.row.nameless).join(' · ') || words.row.nameless
  const nowMs = roster.nowMs.value
  const why = reasons.map((reason) => evidenceSentence(reason, language)).filter((text) => text !== '')
  const told = [...new Set(facts.map(({ witness }) => witness))]
  return (
    <li class={styles.connection}>
      <p class={styles.device}>
        <bdi>{name}</bdi>
        {email === null ? null : <bdi class={styles.quiet}> {email}</bdi>}
      </p>
      <PresenceBar
        stays={segments}
        fromMs={roster.beganMs.value ?? Date.parse(segments[0]?.from ?? '')}
        toMs={nowMs}
        unseenEnd={said.unseenEnd}
      />
      <StayList stays={segments} time={format.timeExact} unseenEnd={said.unseenEnd} />
      <p class={styles.why}>
        {witnesses.length === 0
          ? null
          : `${said.seenBy(
              listed(
                witnesses.map((witness) => said.witnesses[witness]),
                said.and,
              ),
            )} `}
        {why.join(' ')}
      </p>
      {told.map((witness) => {
        const own = facts.filter((fact) => fact.witness === witness)
        return (
          <details key={witness} class={styles.facts}>
            <summary>
              {said.witnesses[witness]}: {said.rows(own.length)}
            </summary>
            <ul>
              {own.map((fact, index) => (
                <FactLine key={index} fact={fact} />
              ))}
            </ul>
          </details>
        )
      })}
      {moreFacts > 0 ? <p class={styles.quiet}>{said.moreRows(moreFacts)}</p> : null}
      {alone || !correcting.mayManage.value ? null : (
        <button
          type="button"
          class={`${shared.button} ${form.small}`}
          aria-label={said.acts.somebodyElseSaid(name)}
          aria-disabled={correcting.working.value}
          onClick={() => void correcting.correct({ kind: 'split', connections: [key] })}
        >
          {said.acts.somebodyElse}
        </button>
      )}
    </li>
  )
}

/** One original row, as its witness said it. */
function FactLine({ fact }: { fact: CardFact }) {
  const { words, format } = useWords()
  const said = useCorrectionWords()
  const { kind, at, until, name, email, place, role, times } = fact
  const time = format.timeExact(Date.parse(at))
  const parts = [
    said.facts[kind] ?? kind,
    place === null || place === 'main' ? '' : words.places[place],
    role === null || role === 'unknown' || role === 'attendee' ? '' : words.roles[role],
    times > 1 ? said.times(times) : '',
  ].filter((part) => part !== '')
  return (
    <li>
      <span class={styles.time}>
        {until === null ? time : fromTo(time, format.timeExact(Date.parse(until)))}
      </span>{' '}
      {parts.join(' · ')}
      {name === null || name.trim() === '' ? null : (
        <>
          {' · '}
          <bdi>{name}</bdi>
        </>
      )}
      {email === null ? null : (
        <>
          {' · '}
          <bdi>{email}</bdi>
        </>
      )}
    </li>
  )
}

const listed = (parts: readonly string[], and: string): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')}${and}${parts.at(-1) ?? ''}`
