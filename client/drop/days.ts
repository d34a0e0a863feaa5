import { useMemo } from 'preact/hooks'
import { useWords } from '../context.ts'

/** Names days that are known as midnight UTC: "24 March". */
export function useDayNames(): (atMs: number) => string {
  const { language } = useWords()
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
      day: 'numeric',
      month: 'long',
      timeZone: 'UTC',
    })
    return (atMs) => format.format(atMs)
  }, [language])
}
