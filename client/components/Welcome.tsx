import { usePanel, useWords } from '../context.ts'
import { Notice } from './Notice.tsx'
import shared from './shared.module.css'

/** Said once, on the screen where the panel opens after the app was added; gone with the first step to another one. */
export function Welcome() {
  const { session } = usePanel()
  const { words } = useWords()
  if (!session.welcome.value) return null
  return (
    <Notice tone="plain" icon="here" title={words.faces.welcomeTitle} text={words.faces.welcome}>
      <button
        type="button"
        class={shared.link}
        onClick={() => {
          session.welcome.value = false
        }}
      >
        {words.faces.close}
      </button>
    </Notice>
  )
}
