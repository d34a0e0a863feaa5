import { languageNames, languages } from '../../../shared/words/index.ts'
import { settingsWords } from '../../../shared/words/settings.ts'
import { usePanel, useWords } from '../../context.ts'
import type { Theme } from '../../models/preferences.ts'
import { Segmented } from '../Segmented.tsx'
import { Section } from './Section.tsx'

const themes: readonly Theme[] = ['auto', 'light', 'dark']

/** Language and theme, for as long as the panel is open. */
export function AppearanceSection() {
  const { preferences, openIn } = usePanel()
  const { language } = useWords()
  const own = settingsWords(language)
  return (
    <Section title={own.appearance}>
      <Segmented
        label={own.language}
        value={preferences.language.value}
        options={languages.map((value) => ({ value, label: languageNames[value] }))}
        onChange={(value) => {
          preferences.language.value = value
        }}
      />
      <Segmented
        label={own.theme}
        value={preferences.theme.value}
        options={themes.map((value) => ({
          value,
          label: value === 'auto' ? own.auto[openIn] : own[value],
        }))}
        onChange={(value) => {
          preferences.theme.value = value
        }}
      />
    </Section>
  )
}
