import { languageNames, languages } from '../../../shared/words/index.ts'
import { usePanel, useWords } from '../../context.ts'
import type { Theme } from '../../models/preferences.ts'
import { Segmented } from '../Segmented.tsx'
import styles from './SettingsScreen.module.css'

const themes: readonly Theme[] = ['auto', 'light', 'dark']

/** What can be set: appearance and language. */
export function SettingsScreen() {
  const { preferences } = usePanel()
  const { words } = useWords()
  return (
    <main class={styles.screen}>
      <h1 class={styles.title}>{words.settings.title}</h1>
      <Segmented
        label={words.settings.theme}
        value={preferences.theme.value}
        options={themes.map((theme) => ({ value: theme, label: words.settings[theme] }))}
        onChange={(theme) => {
          preferences.theme.value = theme
        }}
      />
      <Segmented
        label={words.settings.language}
        value={preferences.language.value}
        options={languages.map((language) => ({ value: language, label: languageNames[language] }))}
        onChange={(language) => {
          preferences.language.value = language
        }}
      />
    </main>
  )
}
