import type { Language } from './language.ts'

const en = {
  name: 'Name',
  names: 'Other names',
  email: 'E-mail',
  role: 'Role',
  state: 'State',
  first_join: 'First join',
  first_join_known: 'Join witnessed',
  last_leave: 'Last leave',
  present_minutes: 'Minutes present',
  waiting_minutes: 'Minutes waiting',
  share: 'Share (%)',
  meets_minimum: 'Minimum',
  statuses: 'Status',
  labels: 'Labels',
  host_reason: 'Host’s reason',
  confidence: 'Identity',
  change: 'Change',
  concerned: 'Names concerned',
  live_minutes: 'Minutes live',
  final_minutes: 'Minutes now',
}
export type ColumnKey = keyof typeof en

const ru: Record<ColumnKey, string> = {
  name: 'Имя',
  names: 'Другие имена',
  email: 'E-mail',
  role: 'Роль',
  state: 'Состояние',
  first_join: 'Первый вход',
  first_join_known: 'Вход замечен',
  last_leave: 'Последний выход',
  present_minutes: 'Минут присутствия',
  waiting_minutes: 'Минут ожидания',
  share: 'Доля (%)',
  meets_minimum: 'Минимум',
  statuses: 'Статус',
  labels: 'Метки',
  host_reason: 'Причина организатора',
  confidence: 'Личность',
  change: 'Отличие',
  concerned: 'Имена',
  live_minutes: 'Минут вживую',
  final_minutes: 'Минут теперь',
}

/** Headers of an exported table, by column; those of `share` and `meets_minimum` say more where `shareHeaders` knows it. */
export const columnWords: Record<Language, Record<ColumnKey, string>> = { en, ru }
