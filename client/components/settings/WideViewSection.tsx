import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { problemWords } from '../../../shared/words/index.ts'
import { settingsWords } from '../../../shared/words/settings.ts'
import { usePanel, useWords } from '../../context.ts'
import type { PanelProblem } from '../../models/api.ts'
import shared from '../shared.module.css'
import { Section } from './Section.tsx'
import styles from './SettingsScreen.module.css'

/** As long as the server lets the link be opened. */
const LINK_MS = 60_000

interface WideViewSectionProps {
  /** Wide views of this member that are open now. */
  open: number
}

/** The same panel in the system browser: opened from Zoom, ended from either side. */
export function WideViewSection({ open }: WideViewSectionProps) {
  const { openIn } = usePanel()
  return openIn === 'zoom' ? <FromZoom open={open} /> : <InBrowser />
}

function FromZoom({ open }: WideViewSectionProps) {
  const { settings } = usePanel()
  const { language } = useWords()
  const words = settingsWords(language)
  const step = useSignal<'idle' | 'opening' | 'opened' | 'closing'>('idle')
  // Once the browser has it, or the link has lapsed, the number of open views says all there is to say.
  useEffect(() => {
    if (step.value === 'opened') step.value = 'idle'
  }, [open])
  useEffect(() => {
    if (step.value !== 'opened') return
    const lapsing = setTimeout(() => {
      step.value = 'idle'
    }, LINK_MS)
    return () => {
      clearTimeout(lapsing)
    }
  }, [step.value])
  async function openView() {
    if (step.value === 'opening') return
    step.value = 'opening'
    step.value = (await settings.handOver()) === null ? 'idle' : 'opened'
  }
  async function closeViews() {
    step.value = 'closing'
    await settings.endWideViews()
    step.value = 'idle'
  }
  return (
    <Section title={words.browser}>
      <p class={styles.text}>{words.browserText}</p>
      <div class={styles.actions}>
        <button
          type="button"
          class={shared.button}
          aria-disabled={step.value === 'opening'}
          onClick={() => void openView()}
        >
          {words.openInBrowser}
        </button>
        {open === 0 ? null : (
          <span class={styles.said}>
            {words.open(open)}{' '}
            <button type="button" class={shared.link} onClick={() => void closeViews()}>
              {words.closeViews(open)}
            </button>
          </span>
        )}
      </div>
      <p class={styles.said} role="status">
        {step.value === 'opened' ? words.opened : ''}
      </p>
    </Section>
  )
}

function InBrowser() {
  const { session } = usePanel()
  const { language, format } = useWords()
  const words = settingsWords(language)
  const { signOut } = session
  const failed = useSignal<PanelProblem | null>(null)
  const state = session.state.value
  const endsAtMs = state.status === 'ready' ? state.endsAtMs : null
  return (
    <Section title={words.browser}>
      {endsAtMs === null ? null : <p class={styles.text}>{words.hereUntil(format.time(endsAtMs))}</p>}
      {signOut === null ? null : (
        <div class={styles.actions}>
          <button
            type="button"
            class={shared.button}
            onClick={() => void signOut().then((problem) => (failed.value = problem))}
          >
            {words.signOut}
          </button>
        </div>
      )}
      <p class={styles.said} role="status">
        {failed.value === null ? '' : `${problemWords(failed.value, language).what}.`}
      </p>
    </Section>
  )
}
