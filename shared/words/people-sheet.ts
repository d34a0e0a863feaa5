import type { AnswerStatus } from '../people/answer.ts'
import type { Language } from './language.ts'

const en = {
  sheet: 'People',
  /** Between several values of one cell. */
  and: '; ',
  headers: {
    name: 'Name',
    names: 'Other names',
    email: 'E-mail',
    role: 'Role',
    firstJoin: 'First join',
    lastLeave: 'Last leave',
    present: 'Present',
    statuses: 'Status',
    confidence: 'Identity',
    evidence: 'How we know',
    waiting: 'Waiting',
    reported: 'Zoom’s minutes',
    segments: 'Rows',
    meetings: 'Meetings',
    registration: 'Registration',
  },
  statuses: {
    present: 'present',
    late: 'late',
    left_early: 'left early',
    returned: 'returned',
    absent: 'absent',
    walk_in: 'not registered',
    waiting_room_only: 'waiting room only',
    unidentified: 'unidentified',
    conflict: 'conflict',
  } satisfies Record<AnswerStatus, string>,
}
export type PeopleSheetWords = typeof en

const ru: PeopleSheetWords = {
  sheet: 'Люди',
  and: '; ',
  headers: {
    name: 'Имя',
    names: 'Другие имена',
    email: 'E-mail',
    role: 'Роль',
    firstJoin: 'Первый вход',
    lastLeave: 'Последний выход',
    present: 'Присутствие',
    statuses: 'Статус',
    confidence: 'Личность',
    evidence: 'Откуда известно',
    waiting: 'Ожидание',
    reported: 'Минуты Zoom',
    segments: 'Строк',
    meetings: 'Встреч',
    registration: 'Регистрация',
  },
  statuses: {
    present: 'присутствие',
    late: 'опоздание',
    left_early: 'ранний уход',
    returned: 'возвращение',
    absent: 'отсутствие',
    walk_in: 'без регистрации',
    waiting_room_only: 'только зал ожидания',
    unidentified: 'не опознан',
    conflict: 'противоречие',
  },
}

/** The words of the sheet of people: its name, statuses, and headers but those of the share and the minimum (`measureHeaders`). */
export function peopleSheetWords(language: Language): PeopleSheetWords {
  return language === 'ru' ? ru : en
}
