export const languages = ['en', 'ru'] as const
export type Language = (typeof languages)[number]

/** Each language in itself, so that it can be found from any other. */
export const languageNames: Record<Language, string> = { en: 'English', ru: 'Русский' }

/**
 * Picks a language we have: the first of `wishes` (BCP 47 tags, most wanted first) whose primary subtag we speak.
 * Unknown and missing wishes give English.
 */
export function chooseLanguage(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const primary = wish?.toLowerCase().split(/[-_]/)[0]
    const known = languages.find((language) => language === primary)
    if (known !== undefined) return known
  }
  return 'en'
}
