import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { formatFor, wordsFor, type Format, type Language, type Words } from '../shared/words/index.ts'
import type { PanelModel } from './models/panel.ts'

/** The one model of the panel; set in main.tsx, read by components. */
export const PanelContext = createContext<PanelModel | null>(null)

/** @throws when a component stands outside the panel */
export function usePanel(): PanelModel {
  const model = useContext(PanelContext)
  if (model === null) throw new Error('a panel component was mounted without its model')
  return model
}

/** The words, numbers and times of the language chosen now. */
export function useWords(): { language: Language; words: Words; format: Format } {
  const language = usePanel().preferences.language.value
  return { language, words: wordsFor(language), format: formatFor(language) }
}
