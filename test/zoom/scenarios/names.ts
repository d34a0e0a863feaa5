/** Invented people for the scenarios. Nobody here exists. */
import { ids } from '../random.ts'
import type { Random } from '../random.ts'
import type { PersonInPlay } from '../scenario.ts'

const given = {
  ru: [
    'Ольга',
    'Денис',
    'Марина',
    'Тимур',
    'Юлия',
    'Артём',
    'Светлана',
    'Рустам',
    'Екатерина',
    'Глеб',
    'Алсу',
    'Фёдор',
  ],
  en: [
    'Anna',
    'Nina',
    'Robert',
    'Grace',
    'Samuel',
    'Clara',
    'Victor',
    'Helen',
    'Oscar',
    'Ruth',
    'Martin',
    'Ivy',
  ],
} as const
/** Endings agree with the given name: the first of a pair for men, the second for women. */
const family = {
  ru: [
    ['Соколов', 'Соколова'],
    ['Пермяков', 'Пермякова'],
    ['Уралов', 'Уралова'],
    ['Ёлкин', 'Ёлкина'],
    ['Хабибуллин', 'Хабибуллина'],
    ['Чусовой', 'Чусовая'],
    ['Берёзкин', 'Берёзкина'],
    ['Исетский', 'Исетская'],
    ['Щукин', 'Щукина'],
    ['Яблоков', 'Яблокова'],
  ],
  en: [
    ['Thornbury', 'Thornbury'],
    ['Okafor', 'Okafor'],
    ['Halloway', 'Halloway'],
    ['Lindqvist', 'Lindqvist'],
    ['Marchetti', 'Marchetti'],
    ['Ashdown', 'Ashdown'],
    ['Delacroix', 'Delacroix'],
    ['Winterbourne', 'Winterbourne'],
    ['Castellano', 'Castellano'],
    ['Abernathy', 'Abernathy'],
  ],
} as const

/** The nth invented name; the first 240 differ, further ones get a numeral. Two of three are Russian. */
export function inventedName(index: number): string {
  const language = index % 3 === 2 ? 'en' : 'ru'
  const place = language === 'en' ? Math.floor(index / 3) : index - Math.floor(index / 3)
  const first = given[language][place % 12] ?? ''
  const round = Math.floor(place / 12)
  const last =
    family[language][(place + round) % 10]?.[/[аяу]$/.test(first) || language === 'en' ? 1 : 0] ?? ''
  const lap = Math.floor(round / 10)
  return lap === 0 ? `${first} ${last}` : `${first} ${last} ${lap + 1}`
}

/** Somebody signed in to Zoom, with an address. */
export function member(random: Random, key: string, name: string): PersonInPlay {
  return { key, name, zoomUserId: ids.zoomUserId(random), email: `${key}@example.org` }
}

/** Somebody who only typed a name. */
export const guest = (key: string, name: string): PersonInPlay => ({ key, name })
