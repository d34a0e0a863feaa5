import { useSignal } from '@preact/signals'
import type { AccessRequest, CohostPolicy, RequestDecision } from '../../../shared/wire/index.ts'
import { settingsWords } from '../../../shared/words/settings.ts'
import { usePanel, useWords } from '../../context.ts'
import shared from '../shared.module.css'
import styles from './RequestCards.module.css'

interface RequestChoicesProps {
  request: AccessRequest
  /** Where everything is given to co-hosts, addresses are offered ticked. */
  policy: CohostPolicy
  /** One blue button a screen: that of the first card. */
  first: boolean
}

/** The answers a host can give to one co-host. */
export function RequestChoices({ request, policy, first }: RequestChoicesProps) {
  const { settings } = usePanel()
  const { language } = useWords()
  const words = settingsWords(language)
  const emails = useSignal(policy === 'everything')
  function decide(decision: RequestDecision['decision']) {
    settings.decide(request, { decision, emails: decision !== 'refuse' && emails.value })
  }
  return (
    <>
      <label class={styles.emails}>
        <input
          type="checkbox"
          checked={emails.value}
          onChange={(event) => {
            emails.value = event.currentTarget.checked
          }}
        />
        <span>{words.addresses}</span>
      </label>
      <div class={styles.choices}>
        <button
          type="button"
          class={first ? `${shared.button} ${shared.main}` : shared.button}
          onClick={() => {
            decide('once')
          }}
        >
          {words.allowOnce}
        </button>
        <button
          type="button"
          class={shared.button}
          onClick={() => {
            decide('always')
          }}
        >
          {words.allowAlways}
        </button>
        <button
          type="button"
          class={shared.button}
          onClick={() => {
            decide('refuse')
          }}
        >
          {words.refuse}
        </button>
      </div>
    </>
  )
}
