import { languageNames, languages } from '../../shared/words/index.ts'
import { usePanel, useWords } from '../context.ts'
import type { Theme } from '../models/preferences.ts'
import { Segmented } from './Segmented.tsx'
import { Sheet } from './Sheet.tsx'

interface SettingsSheetProps {
  onClose: () => void
}

const themes: readonly Theme[] = ['auto', 'light', 'dark']

export function SettingsSheet({ onClose }: SettingsSheetProps) {
  const { preferences } = usePanel()
  const { words } = useWords()
  return (
    <Sheet title={words.settings.title} onClose={onClose}>
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
    </Sheet>
  )
}
