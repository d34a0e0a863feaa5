import type { Connection } from '../../../shared/wire/index.ts'
import { capabilityWords } from '../../../shared/words/capabilities.ts'
import { connectingWords } from '../../../shared/words/connecting.ts'
import { useWords } from '../../context.ts'
import { Icon } from '../Icon.tsx'
import { ConnectButton } from './ConnectButton.tsx'
import styles from './CapabilityList.module.css'

interface CapabilityListProps {
  connection: Connection
}

/**
 * What the consent makes possible, with what follows where something was not granted, and who can grant it. Opened by itself
 * only when the app needs what is missing: who never holds webinars may leave their rights out for good.
 */
export function CapabilityList({ connection }: CapabilityListProps) {
  const { state, capabilities, grantedBy } = connection
  const { language } = useWords()
  const words = capabilityWords(language)
  const lacks = capabilities.some(({ missingScopes }) => missingScopes.length > 0)
  if (capabilities.length === 0) return null
  return (
    <details class={styles.details} open={state === 'scopes'}>
      <summary>{words.heading}</summary>
      <ul class={styles.list}>
        {capabilities.map(({ capability, missingScopes }) => {
          const works = missingScopes.length === 0
          const { gives, without } = words.capabilities[capability]
          return (
            <li key={capability} class={styles.item}>
              <span class={works ? styles.works : styles.missing}>
                <Icon name={works ? 'here' : 'none'} />
              </span>
              <span>
                {gives}
                <span class={styles.state}> — {works ? words.works : words.missing}</span>
                {works ? null : (
                  <span class={styles.without}>
                    {without} <span class={styles.scopes}>{missingScopes.join(', ')}</span>
                  </span>
                )}
              </span>
            </li>
          )
        })}
      </ul>
      {lacks ? <p class={styles.who}>{words.whoCan[grantedBy]}</p> : null}
      {lacks && state === 'connected' && grantedBy === 'user' ? (
        <ConnectButton label={connectingWords(language).again} />
      ) : null}
    </details>
  )
}
