import type { Connection } from '../../../shared/wire/index.ts'
import { connectingWords } from '../../../shared/words/connecting.ts'
import { settingsWords } from '../../../shared/words/settings.ts'
import { useWords } from '../../context.ts'
import { Icon, type IconName } from '../Icon.tsx'
import { ConnectButton } from './ConnectButton.tsx'
import { CapabilityList } from './CapabilityList.tsx'
import { Section } from './Section.tsx'
import screen from './SettingsScreen.module.css'
import styles from './ConnectionSection.module.css'

interface ConnectionSectionProps {
  connection: Connection
}

const signs: Record<Connection['state'], IconName> = {
  connected: 'here',
  reconnect: 'plug',
  scopes: 'info',
  missing: 'plug',
}

/** Whether Zoom still lets us in, and what for; a way to mend it when not. */
export function ConnectionSection({ connection }: ConnectionSectionProps) {
  const { language } = useWords()
  const words = settingsWords(language)
  const { state } = connection
  const text = {
    connected: words.connectedText,
    reconnect: words.reconnectText,
    scopes: words.scopesText,
    missing: words.missingText,
  }[state]
  return (
    <Section title={words.connection}>
      <p class={styles.state} role="status">
        <span class={`${styles.sign} ${styles[state]}`}>
          <Icon name={signs[state]} />
        </span>
        <span>
          <strong class={styles.title}>{words[state]}</strong>
          <span class={screen.text}>{text}</span>
        </span>
      </p>
      <CapabilityList connection={connection} />
      {state === 'connected' ? null : (
        <div class={styles.mend}>
          <ConnectButton label={connectingWords(language).again} />
        </div>
      )}
    </Section>
  )
}
