import type { Language } from './language.ts'

/** What a yes-or-no cell of an exported table says. */
export const yesNoWords: Record<Language, { yes: string; no: string }> = {
  en: { yes: 'yes', no: 'no' },
  ru: { yes: 'да', no: 'нет' },
}
