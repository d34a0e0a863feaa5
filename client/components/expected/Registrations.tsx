import type { ComponentChildren } from 'preact'
import type { CardRegistration } from '../../../shared/wire/index.ts'
import { expectedWords } from '../../../shared/words/expected.ts'
import { questionName } from '../../../shared/words/questions.ts'
import { useWords } from '../../context.ts'
import cardStyles from '../corrections/Card.module.css'
import shared from '../shared.module.css'
import styles from './Registrations.module.css'

/** How somebody registered, and what they answered; of a link that others came by, too, whose it is. */
export function Registrations({ registrations }: { registrations: readonly CardRegistration[] }) {
  const { language } = useWords()
  const said = expectedWords(language)
  if (registrations.length === 0) return null
  return (
    <>
      <h3 class={shared.caption}>{said.registration}</h3>
      <ul class={cardStyles.list}>
        {registrations.map((one, index) => (
          <Registration key={index} registration={one} />
        ))}
      </ul>
    </>
  )
}

function Registration({ registration }: { registration: CardRegistration }) {
  const { words, format, language } = useWords()
  const said = expectedWords(language)
  const { name, email, standing, cancelledBy, ofAnother, registeredAt, source, answers } = registration
  const atMs = Date.parse(registeredAt ?? '')
  return (
    <li class={cardStyles.connection}>
      <p class={cardStyles.device}>
        {ofAnother ? `${said.byLinkOf}: ` : null}
        <bdi>{name.trim() || words.row.nameless}</bdi>
        {email === null ? null : <bdi class={cardStyles.quiet}> {email}</bdi>}
      </p>
      {ofAnother ? <p class={cardStyles.why}>{said.byLinkSaid}</p> : null}
      <dl class={styles.answers}>
        <Line name={said.standing}>
          {said.standings[standing]}
          {cancelledBy === null ? null : ` (${said.cancelledBy[cancelledBy]})`}
        </Line>
        {registeredAt === null ? null : (
          <Line name={said.registeredAt}>{`${format.date(atMs)}, ${format.time(atMs)}`}</Line>
        )}
        {source === null ? null : (
          <Line name={said.source}>
            <bdi>{source}</bdi>
          </Line>
        )}
        {answers.map((answer, index) => (
          <Line key={index} name={<bdi>{questionName(answer, language)}</bdi>}>
            <bdi>{answer.value}</bdi>
          </Line>
        ))}
      </dl>
      {answers.length > 0 || ofAnother ? null : <p class={cardStyles.why}>{said.noAnswers}</p>}
    </li>
  )
}

function Line({ name, children }: { name: ComponentChildren; children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
