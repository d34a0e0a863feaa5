import { settingsWords } from '../../../shared/words/settings.ts'
import { useWords } from '../../context.ts'
import shared from '../shared.module.css'
import styles from './SettingsSkeleton.module.css'

/** The shape of two sections, until they are read. */
export function SettingsSkeleton() {
  const { language } = useWords()
  return (
    <div aria-busy="true">
      <p class={shared.hidden} role="status">
        {settingsWords(language).loading}
      </p>
      {[0, 1].map((section) => (
        <div key={section} class={styles.section} aria-hidden="true">
          <i class={styles.title} />
          <i class={styles.line} />
          <i class={styles.line} />
        </div>
      ))}
    </div>
  )
}
