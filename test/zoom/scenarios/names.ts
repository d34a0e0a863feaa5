/** Invented people for the scenarios. Nobody here exists. */
import { ids } from '../random.ts'
import type { Random } from '../random.ts'
import type { PersonInPlay } from '../scenario.ts'

const women = 'Ольга Марина Юлия Светлана Екатерина Алсу Зоя Вера Людмила Таисия Ксения Полина'.split(' ')
const men = 'Денис Тимур Артём Рустам Глеб Фёдор Игнат Савелий Марк Егор Лев Захар'.split(' ')
const russianFamily = (
  'Соколов Пермяков Уралов Ёлкин Хабибуллин Берёзкин Исетин Щукин Яблоков Ручьёв Снегирёв Малинин ' +
  'Камышов Орлов Травин Журавлёв Лосев Кедров Туманов Полевой Громов Зимин Липов Стрижов'
).split(' ')
const englishGiven = (
  'Anna Nina Robert Grace Samuel Clara Victor Helen Oscar Ruth Martin Ivy ' +
  'Edith Hugo Laura Simon Alma Peter Flora Owen Marion Felix Stella Conrad'
).split(' ')
const englishFamily = (
  'Thornbury Okafor Halloway Lindqvist Marchetti Ashdown Delacroix Winterbourne Castellano Abernathy Fairweather Novak ' +
  'Pemberton Sandoval Kowalczyk Brightwell Larkspur Van_Doren Eastlake Moreau Hartigan Quillfeather Redfern Stonebridge'
).split(' ')

/** The nth invented name, two of three Russian; they differ, the later ones by a numeral. */
export function inventedName(index: number): string {
  const isEnglish = index % 3 === 2
  const place = isEnglish ? Math.floor(index / 3) : index - Math.floor(index / 3)
  const lap = Math.floor(place / 576)
  const name = isEnglish ? englishName(place) : russianName(place)
  return lap === 0 ? name : `${name} ${lap + 1}`
}

/** Walks through all 24 × 24 pairs, changing both halves at every step. */
const pairOf = (place: number): [given: number, family: number] => [
  place % 24,
  (place + Math.floor(place / 24)) % 24,
]

function englishName(place: number): string {
  const [given, family] = pairOf(place)
  return `${englishGiven[given] ?? ''} ${englishFamily[family]?.replace('_', '-') ?? ''}`
}

function russianName(place: number): string {
  const [given, family] = pairOf(place)
  const masculine = russianFamily[family] ?? ''
  const feminine = masculine.endsWith('ой') ? masculine.replace(/ой$/, 'ая') : `${masculine}а`
  const half = Math.floor(given / 2)
  return given % 2 === 0 ? `${women[half] ?? ''} ${feminine}` : `${men[half] ?? ''} ${masculine}`
}

/** Somebody signed in to Zoom, with an address. */
export function member(random: Random, key: string, name: string): PersonInPlay {
  return { key, name, zoomUserId: ids.zoomUserId(random), email: `${key}@example.org` }
}

/** Somebody who only typed a name. */
export const guest = (key: string, name: string): PersonInPlay => ({ key, name })
