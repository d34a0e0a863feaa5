import { useId } from 'preact/hooks'
import type { AccessRequest, Cohost, CohostPolicy, Settings } from '../../../shared/wire/index.ts'
import { requestWords } from '../../../shared/words/requests.ts'
import { settingsWords } from '../../../shared/words/settings.ts'
import { usePanel, useWords } from '../../context.ts'
import shared from '../shared.module.css'
import { Section } from './Section.tsx'
import screen from './SettingsScreen.module.css'
import styles from './CohostSection.module.css'

interface CohostSectionProps {
  settings: Settings
}

const policies: readonly CohostPolicy[] = ['nothing', 'without_emails', 'everything']

/** What co-hosts get after a meeting: the rule, and the people for whom another one holds. */
export function CohostSection({ settings }: CohostSectionProps) {
  const { language } = useWords()
  const words = settingsWords(language)
  const answered = settings.requests.filter(({ state }) => state !== 'pending' && state !== 'none')
  return (
    <Section title={words.cohosts}>
      <Policy policy={settings.cohostPolicy} />
      <h3 class={shared.caption}>{words.people}</h3>
      {settings.cohosts.length === 0 ? (
        <p class={screen.text}>{words.nobody}</p>
      ) : (
        <ul class={styles.people}>
          {settings.cohosts.map((cohost) => (
            <CohostRow key={cohost.memberId} cohost={cohost} />
          ))}
        </ul>
      )}
      {answered.length === 0 ? null : (
        <details class={styles.answered}>
          <summary class={styles.summary}>
            {words.answered} ({answered.length})
          </summary>
          <p class={screen.text}>{words.takeBack}</p>
          <ul class={styles.people}>
            {answered.map((request) => (
              <AnsweredRow key={request.id} request={request} />
            ))}
          </ul>
        </details>
      )}
    </Section>
  )
}

function Policy({ policy }: { policy: CohostPolicy }) {
  const { settings } = usePanel()
  const { language } = useWords()
  const words = settingsWords(language)
  const name = useId()
  return (
    <fieldset class={styles.policy}>
      <legend class={screen.text}>{words.policy}</legend>
      {policies.map((value) => (
        <label key={value} class={styles.choice}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={policy === value}
            aria-describedby={`${name}-${value}`}
            aria-label={words.policies[value]}
            onChange={() => void settings.setPolicy(value)}
          />
          <span>
            <span class={styles.label}>{words.policies[value]}</span>
            <span id={`${name}-${value}`} class={screen.text}>
              {words.policyTexts[value]}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function CohostRow({ cohost }: { cohost: Cohost }) {
  const { settings } = usePanel()
  const { language, format } = useWords()
  const words = settingsWords(language)
  const name = cohost.name ?? words.unnamed
  return (
    <li class={styles.person}>
      <span class={styles.who}>
        <bdi class={styles.label}>{name}</bdi>
        <span class={styles.quiet}>
          {words.meetings(cohost.gatherings)} · {words.last(format.day(Date.parse(cohost.lastVerifiedAt)))}
        </span>
      </span>
      <select
        class={styles.select}
        aria-label={words.decisionFor(name)}
        value={cohost.always ?? ''}
        onChange={(event) => {
          const chosen = policies.find((value) => value === event.currentTarget.value) ?? null
          void settings.decideCohost(cohost.memberId, chosen)
        }}
      >
        <option value="">{words.asPolicy}</option>
        {policies.map((value) => (
          <option key={value} value={value}>
            {words.decisions[value]}
          </option>
        ))}
      </select>
    </li>
  )
}

function AnsweredRow({ request }: { request: AccessRequest }) {
  const { language, format, words } = useWords()
  const own = settingsWords(language)
  const { state } = request
  if (state === 'none' || state === 'pending') return null
  return (
    <li class={styles.person}>
      <span class={styles.who}>
        <bdi class={styles.label}>{request.name ?? requestWords(language).somebody}</bdi>
        {': '}
        {own.answers[state]}
        <span class={styles.quiet}>
          <bdi>{request.topic ?? words.live.untitled}</bdi>
          {request.startedAt === null ? null : ` · ${format.day(Date.parse(request.startedAt))}`}
        </span>
      </span>
    </li>
  )
}
