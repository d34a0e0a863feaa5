import { useSignal } from '@preact/signals'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { settingsWords } from '../../../shared/words/settings.ts'
import { usePanel, useWords } from '../../context.ts'
import shared from '../shared.module.css'
import { Section } from './Section.tsx'
import screen from './SettingsScreen.module.css'
import styles from './DisconnectSection.module.css'

/** The end of the installation, asked twice: what goes is said before either button. */
export function DisconnectSection() {
  const { language } = useWords()
  const words = settingsWords(language)
  const { session } = usePanel()
  const asking = useSignal(false)
  const first = useRef<HTMLButtonElement>(null)
  const wasAsking = useRef(false)
  useLayoutEffect(() => {
    if (!asking.value && wasAsking.current) first.current?.focus()
    wasAsking.current = asking.value
  }, [asking.value])
  const state = session.state.value
  if (state.status === 'ready' && state.member.role === 'cohost') {
    return (
      <Section title={words.disconnect}>
        <p class={screen.text}>{words.disconnectElsewhere}</p>
      </Section>
    )
  }
  return (
    <Section title={words.disconnect}>
      <p class={screen.text}>{words.disconnectText}</p>
      {asking.value ? (
        <Sure
          onKeep={() => {
            asking.value = false
          }}
        />
      ) : (
        <div class={screen.actions}>
          <button
            ref={first}
            type="button"
            class={`${shared.button} ${styles.careful}`}
            onClick={() => {
              asking.value = true
            }}
          >
            {words.disconnectFirst}
          </button>
        </div>
      )}
    </Section>
  )
}

function Sure({ onKeep }: { onKeep: () => void }) {
  const { settings } = usePanel()
  const { language } = useWords()
  const words = settingsWords(language)
  const working = useSignal(false)
  const keep = useRef<HTMLButtonElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  useLayoutEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' })
    keep.current?.focus()
  }, [])
  async function disconnect() {
    if (working.value) return
    working.value = true
    // What became of it is told by the screen: gone, or the trouble on top of it.
    if (!(await settings.disconnect())) onKeep()
  }
  return (
    <div
      ref={box}
      class={styles.sure}
      role="group"
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onKeep()
      }}
    >
      <p id={id} class={styles.ask}>
        {words.disconnectAsk}
      </p>
      <p class={styles.text}>{words.disconnectAskText}</p>
      <div class={screen.actions}>
        <button ref={keep} type="button" class={shared.button} onClick={onKeep}>
          {words.keep}
        </button>
        <button
          type="button"
          class={`${shared.button} ${styles.final}`}
          aria-disabled={working.value}
          onClick={() => void disconnect()}
        >
          {working.value ? words.disconnecting : words.disconnectSure}
        </button>
      </div>
    </div>
  )
}
