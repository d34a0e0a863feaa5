import { evidenceSentence } from '../../shared/words/index.ts'
import { usePanel, useWords } from '../context.ts'
import { presentSeconds, waitingSeconds } from '../models/table.ts'
import { otherNames } from './circumstances.ts'
import { Icon } from './Icon.tsx'
import { Sheet } from './Sheet.tsx'
import { StayList } from './StayList.tsx'
import shared from './shared.module.css'
import styles from './PersonSheet.module.css'

interface PersonSheetProps {
  id: string
  onClose: () => void
}

/** One person opened: where and when, and how we know that it is one person. */
export function PersonSheet({ id, onClose }: PersonSheetProps) {
  const { roster } = usePanel()
  const { words, format, language } = useWords()
  void roster.revision.value
  const entry = roster.table.get(id)
  if (entry === undefined) return null
  const { row } = entry
  const nowMs = roster.nowMs.value
  const over = (roster.head.value?.endedAt ?? null) !== null
  const others = otherNames(row)
  const waited = waitingSeconds(entry, nowMs)
  const reasons = row.identity.evidence
    .map((reason) => evidenceSentence(reason, language))
    .filter((said) => said !== '')
  return (
    <Sheet
      title={row.name.trim() || words.row.nameless}
      {...(row.email === null ? {} : { subtitle: row.email })}
      onClose={onClose}
    >
      {row.seenLiveOnly ? (
        <p class={styles.liveOnly}>
          <Icon name="flag" size={12} /> {words.row.seenLiveOnly}
        </p>
      ) : null}
      <dl class={styles.facts}>
        <dt>{words.person.present}</dt>
        <dd>
          {format.minutes(presentSeconds(entry, nowMs))}
          {over ? null : ` · ${words.states[row.state]}`}
        </dd>
        {waited >= 1 ? (
          <>
            <dt>{words.person.waited}</dt>
            <dd>
              {format.duration(waited)} ({words.person.notCounted})
            </dd>
          </>
        ) : null}
        {others.length === 0 ? null : (
          <>
            <dt>{words.person.otherNames}</dt>
            <dd>
              {others.map((name) => (
                <bdi key={name} class={styles.other}>
                  {name}
                </bdi>
              ))}
            </dd>
          </>
        )}
        <dt>{words.person.role}</dt>
        <dd>{words.roles[row.role]}</dd>
      </dl>
      <h3 class={shared.caption}>{words.person.stays}</h3>
      <StayList stays={row.stays} time={format.timeExact} />
      <h3 class={shared.caption}>{words.person.why}</h3>
      <p class={styles.why}>
        <strong>{words.confidences[row.identity.confidence]}.</strong> {reasons.join(' ')}
      </p>
    </Sheet>
  )
}
