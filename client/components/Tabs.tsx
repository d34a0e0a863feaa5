import { usePanel, useWords } from '../context.ts'
import { RequestBadge } from './settings/RequestBadge.tsx'
import styles from './Tabs.module.css'

/** The screens, always at the same place. Only the panel's memory changes, never the address. */
export function Tabs() {
  const { navigation } = usePanel()
  const { words } = useWords()
  return (
    <nav class={styles.tabs} aria-label={words.tabs.label}>
      {navigation.tabs.value.map((tab) => (
        <button
          key={tab}
          type="button"
          class={styles.tab}
          aria-current={navigation.tab.value === tab ? 'page' : undefined}
          onClick={() => {
            navigation.go(tab)
          }}
        >
          {words.tabs[tab]}
          {tab === 'settings' ? <RequestBadge /> : null}
        </button>
      ))}
    </nav>
  )
}
