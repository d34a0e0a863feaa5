import { requestWords } from '../../../shared/words/requests.ts'
import { usePanel, useWords } from '../../context.ts'
import { requestSentence } from '../../models/settings.ts'
import shared from '../shared.module.css'
import styles from './RequestBadge.module.css'

/** How many co-hosts wait, beside the word Settings. */
export function RequestBadge() {
  const { settings } = usePanel()
  const { language, format } = useWords()
  const count = settings.waiting.value.length
  if (count === 0) return null
  return (
    <>
      <span class={styles.badge} aria-hidden="true">
        {format.count(count)}
      </span>
      <span class={shared.hidden}>, {requestWords(language).badge(count)}</span>
    </>
  )
}

/** Tells a screen reader of a request that came in; on the live screen the notice does. */
export function RequestAnnouncer() {
  const { settings, navigation } = usePanel()
  const { language } = useWords()
  const latest = settings.latest.value
  const silent = latest === null || navigation.tab.value === 'live'
  return (
    <p class={shared.hidden} role="status">
      {silent ? '' : requestSentence(latest, language).message}
    </p>
  )
}
