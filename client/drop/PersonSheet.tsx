import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { evidenceSentence } from '../../shared/words/evidence.ts'
import sheet from '../components/PersonSheet.module.css'
import { Sheet } from '../components/Sheet.tsx'
import shared from '../components/shared.module.css'
import stays from '../components/StayList.module.css'
import { useWords } from '../context.ts'
import { useDrop, useDropWords } from './context.ts'
import type { Details } from './desk.ts'
import type { Result } from './model.ts'
import styles from './PersonSheet.module.css'

interface PersonSheetProps {
  index: number
  result: Result
  onClose: () => void
}

/** One person opened: every stretch of every device, and how we know that it is one person. */
export function PersonSheet({ index, result, onClose }: PersonSheetProps) {
  const { ask } = useDrop()
  const { words, language } = useWords()
  const details = useSignal<Details | null>(null)
  useEffect(() => {
    void ask((desk) => desk.person(index)).then((answer) => {
      if (answer === null) onClose()
      else details.value = answer
    })
  }, [index, result])
  const one = details.value
  if (one === null) return null
  const reasons = one.evidence
    .map((reason) => evidenceSentence(reason, language))
    .filter((said) => said !== '')
  return (
    <Sheet
      title={one.name.trim() || words.row.nameless}
      {...(one.email === null ? {} : { subtitle: one.email })}
      onClose={onClose}
    >
      <Facts details={one} result={result} />
      <Stays details={one} result={result} />
      <h3 class={shared.caption}>{words.person.why}</h3>
      <p class={sheet.why}>
        <strong>{words.confidences[one.confidence]}.</strong> {reasons.join(' ')}
      </p>
    </Sheet>
  )
}

function Facts({ details: one, result }: { details: Details; result: Result }) {
  const { words, format } = useWords()
  const said = useDropWords()
  const facts: [name: string, value: string][] = []
  if (one.presentSeconds !== null) facts.push([words.person.present, format.minutes(one.presentSeconds)])
  if (one.share !== null)
    facts.push([
      said.person.share,
      said.person.shareOf(said.share(one.share * 100), format.minutes(result.measured.baseSeconds)),
    ])
  if (one.waitingSeconds >= 1)
    facts.push([words.person.waited, `${format.duration(one.waitingSeconds)} (${words.person.notCounted})`])
  if (one.reportedSeconds !== null) facts.push([said.person.reported, format.minutes(one.reportedSeconds)])
  if (one.registration !== null) facts.push([said.person.registration, one.registration])
  if (one.role !== 'unknown') facts.push([words.person.role, words.roles[one.role]])
  return (
    <dl class={sheet.facts}>
      {facts.map(([name, value]) => (
        <Fact key={name} name={name}>
          {value}
        </Fact>
      ))}
      {one.others.length === 0 ? null : (
        <Fact name={words.person.otherNames}>
          {one.others.map((name) => (
            <bdi key={name} class={sheet.other}>
              {name}
            </bdi>
          ))}
        </Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** By meeting when there are several, then by device when there are several. */
function Stays({ details: { connections }, result }: { details: Details; result: Result }) {
  const { words, format } = useWords()
  const said = useDropWords()
  const { meetings } = result.overview
  if (connections.length === 0) return <p class={styles.none}>{said.person.noTimes}</p>
  return (
    <>
      <h3 class={shared.caption}>{said.person.stays}</h3>
      {meetings.map(({ index, topic, file, span }) => {
        const own = connections.filter(({ meeting }) => meeting === index)
        if (own.length === 0) return null
        return (
          <div key={index}>
            {meetings.length > 1 ? (
              <p class={styles.meeting}>
                <bdi>{topic ?? file}</bdi>
                {span === null ? '' : ` · ${format.date(span.fromMs)}`}
              </p>
            ) : null}
            <ul class={stays.stays}>
              {own
                .flatMap(({ segments, name }) => segments.map((segment) => ({ ...segment, name })))
                .sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs)
                .map((segment, at) => (
                  <li key={at} class={stays.stay}>
                    <i class={stays[segment.place]} aria-hidden="true" />
                    <span>
                      {segment.place === 'main' ? <bdi>{segment.name}</bdi> : words.places[segment.place]}
                      {segment.place === 'waiting' ? (
                        <span class={stays.quiet}> ({words.person.notCounted})</span>
                      ) : null}
                      {segment.overlaps ? <span class={stays.quiet}> ({said.person.once})</span> : null}
                    </span>
                    <span class={stays.time}>
                      {format.timeExact(segment.fromMs)} – {format.timeExact(segment.toMs)}
                    </span>
                  </li>
                ))}
            </ul>
          </div>
        )
      })}
    </>
  )
}
