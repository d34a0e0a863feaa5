import type { ReadonlySignal } from '@preact/signals'
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

/** How a screen speaks that has no panel around it; without one it speaks as the panel does. */
export const SpeechContext = createContext<{
  language: ReadonlySignal<Language>
  /** IANA zone its times are told in. */
  zone: ReadonlySignal<string>
} | null>(null)

/**
 * The words, numbers and times of the language chosen now.
 *
 * @throws when a component stands neither in the panel nor in a `SpeechContext`
 */
export function useWords(): { language: Language; words: Words; format: Format } {
  const speech = useContext(SpeechContext)
  const preferences = useContext(PanelContext)?.preferences
  const language = (speech ?? preferences)?.language.value
  if (language === undefined) throw new Error('a component was mounted without a language')
  return { language, words: wordsFor(language), format: formatFor(language, speech?.zone.value) }
}
