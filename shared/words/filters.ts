import type { ExportRequest } from '../wire/index.ts'
import { en } from './en.ts'
import type { Language } from './language.ts'
import { minimumWords } from './minimum.ts'
import { ru } from './ru.ts'

type Show = ExportRequest['filter']['show']
type First = keyof typeof en.filters

interface FilterWords {
  more: string
  moreSaid: string
  labels: string
  /** Over the filters by a list of who should come, and over the others. */
  registration: string
  manner: string
  shows: Record<Exclude<Show, First | 'reached'>, string>
  reached: (percent: string) => string
}

const english: FilterWords = {
  more: 'More',
  moreSaid: 'More filters',
  labels: 'Label',
  registration: 'Registration',
  manner: 'Attendance',
  shows: {
    everybody: 'All and no-shows',
    registered: 'Registered',
    not_reached: 'Stayed less',
    late: 'Late',
    left_early: 'Left early',
    returned: 'Came back',
    walk_in: 'Not registered',
    absent: 'No-show',
    conflict: 'Conflict',
  },
  reached: (percent) => `Stayed ${percent}`,
}

const russian: FilterWords = {
  more: 'Ещё',
  moreSaid: 'Другие отборы',
  labels: 'Метка',
  registration: 'Запись',
  manner: 'Присутствие',
  shows: {
    everybody: 'Все и неявки',
    registered: 'По записи',
    not_reached: 'Меньше',
    late: 'Опоздали',
    left_early: 'Ушли раньше',
    returned: 'Возвращались',
    walk_in: 'Без записи',
    absent: 'Не пришли',
    conflict: 'Противоречие',
  },
  reached: (percent) => `Пробыли ${percent}`,
}

/** The words of the filters beyond those of the first view. */
export function filterWords(language: Language): FilterWords {
  return language === 'ru' ? russian : english
}

/** Any filter by its name; `minPercent` is the minimum it is about, 0 to 100. */
export function filterName(show: Show, minPercent: number, language: Language): string {
  const first = (language === 'ru' ? ru : en).filters
  const words = filterWords(language)
  if (show === 'reached') return words.reached(minimumWords(language).percent(minPercent))
  return isFirst(show) ? first[show] : words.shows[show]
}

const isFirst = (show: Show): show is First => show in en.filters
