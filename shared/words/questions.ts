import type { Language } from './language.ts'

/** Zoom's own questions of a registration, by its names for them. */
const en: Record<string, string> = {
  org: 'Organisation',
  job_title: 'Job title',
  phone: 'Phone',
  industry: 'Industry',
  address: 'Address',
  city: 'City',
  state: 'State or province',
  zip: 'Postal code',
  country: 'Country',
  purchasing_time_frame: 'Purchasing time frame',
  role_in_purchase_process: 'Role in the purchase',
  no_of_employees: 'Number of employees',
  comments: 'Questions and comments',
}

const ru: Record<string, string> = {
  org: 'Организация',
  job_title: 'Должность',
  phone: 'Телефон',
  industry: 'Отрасль',
  address: 'Адрес',
  city: 'Город',
  state: 'Регион',
  zip: 'Индекс',
  country: 'Страна',
  purchasing_time_frame: 'Срок покупки',
  role_in_purchase_process: 'Роль в покупке',
  no_of_employees: 'Число сотрудников',
  comments: 'Вопросы и комментарии',
}

/** A question as a person reads it: Zoom's own by our words, the host's by the host's; a nameless one says that it is one. */
export function questionName(
  { field, title }: { field: string | null; title: string },
  language: Language,
): string {
  if (field !== null) return (language === 'ru' ? ru : en)[field] ?? field
  return title.trim() || (language === 'ru' ? 'Вопрос' : 'Question')
}
