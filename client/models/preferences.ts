import { effect, signal, type Signal } from '@preact/signals'
import { chooseLanguage, type Language } from '../../shared/words/language.ts'

export type Theme = 'auto' | 'light' | 'dark'
export interface Preferences {
  theme: Signal<Theme>
  language: Signal<Language>
}

/**
 * Theme and language: by the address (`?theme=dark&lang=ru`), else by the browser; switched in the panel for as long as it
 * is open. Nothing is stored: Zoom's client forgets storage when it closes.
 */
export function createPreferences(page: { search: string; languages: readonly string[] }): Preferences {
  const asked = new URLSearchParams(page.search)
  const theme = asked.get('theme')
  return {
    theme: signal<Theme>(theme === 'light' || theme === 'dark' ? theme : 'auto'),
    language: signal(chooseLanguage([asked.get('lang'), ...page.languages.slice(0, 1)])),
  }
}

/** Keeps the root element's language and theme in step, so that one stylesheet serves all. */
export function applyPreferences({ theme, language }: Preferences, root: HTMLElement): () => void {
  return effect(() => {
    root.lang = language.value
    if (theme.value === 'auto') delete root.dataset['theme']
    else root.dataset['theme'] = theme.value
  })
}
