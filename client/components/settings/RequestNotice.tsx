import { useSignal } from '@preact/signals'
import { requestWords } from '../../../shared/words/requests.ts'
import { usePanel, useWords } from '../../context.ts'
import { requestSentence } from '../../models/settings.ts'
import { Notice } from '../Notice.tsx'
import shared from '../shared.module.css'

/** Co-hosts who wait for the host's answer, told beside whatever is on screen; "Look" leads to them. */
export function RequestNotice() {
  const { settings, navigation } = usePanel()
  const { language, words } = useWords()
  const said = requestWords(language)
  /** The newest one the host put aside; a newer one is told again. */
  const aside = useSignal<string | null>(null)
  const waiting = settings.waiting.value
  const newest = waiting.at(-1)
  if (newest === undefined || newest.id === aside.value) return null
  return (
    <Notice
      tone="plain"
      icon="people"
      title={waiting.length === 1 ? requestSentence(newest, language).message : said.requests(waiting.length)}
    >
      <button
        type="button"
        class={shared.link}
        onClick={() => {
          navigation.go('settings')
        }}
      >
        {said.look}
      </button>
      <button
        type="button"
        class={shared.link}
        onClick={() => {
          aside.value = newest.id
        }}
      >
        {words.faces.close}
      </button>
    </Notice>
  )
}
