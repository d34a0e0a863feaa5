import { useEffect } from 'preact/hooks'
import { problemWords } from '../../../shared/words/index.ts'
import { settingsWords } from '../../../shared/words/settings.ts'
import { usePanel, useWords } from '../../context.ts'
import { Notice } from '../Notice.tsx'
import { Failed } from '../Unread.tsx'
import { AppearanceSection } from './AppearanceSection.tsx'
import { CohostSection } from './CohostSection.tsx'
import { ConnectionSection } from './ConnectionSection.tsx'
import { DisconnectSection } from './DisconnectSection.tsx'
import { RequestCards } from './RequestCards.tsx'
import { Section } from './Section.tsx'
import { SettingsSkeleton } from './SettingsSkeleton.tsx'
import { WideViewSection } from './WideViewSection.tsx'
import styles from './SettingsScreen.module.css'

/** Who may what, how the connection stands, and how the panel looks; what waits for an answer comes first. */
export function SettingsScreen() {
  const model = usePanel()
  const { language } = useWords()
  const words = settingsWords(language)
  const settings = model.settings.settings.value
  useEffect(() => model.settings.watch(), [model])
  return (
    <main class={styles.screen}>
      <h1 class={styles.title}>{words.title}</h1>
      <Trouble />
      {settings === null ? (
        <Unread />
      ) : settings.mayManage ? (
        <>
          <RequestCards settings={settings} />
          <ConnectionSection connection={settings.connection} />
          <CohostSection settings={settings} />
          <WideViewSection open={settings.wideViews} />
        </>
      ) : (
        <>
          <WideViewSection open={settings.wideViews} />
          <Section title={words.notOwner}>
            <p class={styles.text}>{words.notOwnerText}</p>
          </Section>
        </>
      )}
      <AppearanceSection />
      {settings?.mayManage === true ? <DisconnectSection /> : null}
    </main>
  )
}

/** A change that failed, or a reading that did while an older one is on screen. */
function Trouble() {
  const { settings } = usePanel()
  const { language } = useWords()
  const code = settings.trouble.value
  if (code === null || settings.settings.value === null) return null
  const said = problemWords(code, language)
  return (
    <div class={styles.trouble}>
      <Notice tone="alarm" icon="warning" title={`${said.what}.`} text={`${said.why} ${said.next}`} />
    </div>
  )
}

function Unread() {
  const { settings } = usePanel()
  const code = settings.trouble.value
  if (code === null) return <SettingsSkeleton />
  return <Failed code={code} onTryAgain={settings.refresh} />
}
