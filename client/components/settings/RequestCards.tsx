import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { AccessRequest, Settings } from '../../../shared/wire/index.ts'
import { requestWords } from '../../../shared/words/requests.ts'
import { settingsWords } from '../../../shared/words/settings.ts'
import { usePanel, useWords } from '../../context.ts'
import type { Held } from '../../models/settings.ts'
import shared from '../shared.module.css'
import { RequestChoices } from './RequestChoices.tsx'
import { Section } from './Section.tsx'
import styles from './RequestCards.module.css'

interface RequestCardsProps {
  settings: Settings
}

/** Co-hosts who wait for an answer, and the answers that can still be taken back. */
export function RequestCards({ settings }: RequestCardsProps) {
  const model = usePanel().settings
  const { language } = useWords()
  const words = settingsWords(language)
  const heading = useRef<HTMLHeadingElement>(null)
  const waiting = model.waiting.value
  const held = model.held.value
  const cards = waiting.length + held.length
  const hadFocus = useSignal(false)

  // A card that goes takes the focus with it: the next thing to read is the heading.
  useLayoutEffect(() => {
    if (hadFocus.peek() && document.activeElement === document.body) heading.current?.focus()
  }, [cards])

  if (cards === 0) return null
  return (
    <Section title={waiting.length === 0 ? words.answeredNow : words.requests} heading={heading}>
      {waiting.length === 0 ? null : <p class={styles.hint}>{words.allowHint}</p>}
      <ul
        class={styles.cards}
        onFocusIn={() => {
          hadFocus.value = true
        }}
        onFocusOut={(event) => {
          if (event.relatedTarget !== null) hadFocus.value = false
        }}
      >
        {held.map((one) => (
          <li key={one.request.id} class={styles.card}>
            <HeldCard held={one} />
          </li>
        ))}
        {waiting.map((request, index) => (
          <li key={request.id} class={styles.card}>
            <RequestHead request={request} />
            <RequestChoices request={request} policy={settings.cohostPolicy} first={index === 0} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function RequestHead({ request }: { request: AccessRequest }) {
  const { language, format, words } = useWords()
  const said = settingsWords(language)
  const when = (instant: string) => `${format.day(Date.parse(instant))}, ${format.time(Date.parse(instant))}`
  return (
    <>
      <h3 class={styles.who}>
        <bdi>{said.asked(request.name ?? requestWords(language).somebody)}</bdi>
      </h3>
      <p class={styles.what}>
        <bdi>{request.topic ?? words.live.untitled}</bdi>
        {request.startedAt === null ? null : (
          <>
            {' · '}
            <span class={styles.when}>{when(request.startedAt)}</span>
          </>
        )}
      </p>
      <p class={styles.asked}>{said.askedAt(when(request.requestedAt))}</p>
    </>
  )
}

function HeldCard({ held: { request, decision, sent } }: { held: Held }) {
  const { settings } = usePanel()
  const { language } = useWords()
  const words = settingsWords(language)
  const button = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    if (document.activeElement === document.body) button.current?.focus()
  }, [])
  const who = request.name ?? requestWords(language).somebody
  const result = {
    once: words.allowedOnce(who, decision.emails),
    always: words.allowedAlways(who, decision.emails),
    refuse: words.refused(who),
  }[decision.decision]
  return (
    <div class={styles.held}>
      <p role="status">
        <bdi>{result}</bdi> <span class={styles.asked}>{sent ? words.saving : words.takesEffect}</span>
      </p>
      {sent ? null : (
        <button
          ref={button}
          type="button"
          class={shared.button}
          onClick={() => {
            settings.undo(request.id)
          }}
        >
          {words.undo}
        </button>
      )}
    </div>
  )
}
