import { formatFor, NBSP } from './format.ts'
import type { Language } from './language.ts'

const english = formatFor('en')
const russian = formatFor('ru')

/** A co-host's request, as it is told beside whatever is on screen. */
const en = {
  somebody: 'A co-host',
  someMeeting: 'a meeting without a title',
  request: (who: string, topic: string) => `${who} asks for the list of ${topic}.`,
  requests: (n: number) => `${english.count(n)}${NBSP}co-hosts wait for your answer.`,
  requestTitle: 'Access to a list',
  look: 'Look',
  badge: (n: number) => english.counted(n, { one: 'request', other: 'requests' }),
}

const ru: typeof en = {
  somebody: 'Соорганизатор',
  someMeeting: 'встреча без названия',
  request: (who, topic) => `${who} просит список: ${topic}.`,
  requests: (n) =>
    `${russian.plural(n, { one: 'Ждёт', other: 'Ждут' })} вашего ответа: ${russian.counted(n, { one: 'соорганизатор', few: 'соорганизатора', other: 'соорганизаторов' })}.`,
  requestTitle: 'Доступ к списку',
  look: 'Посмотреть',
  badge: (n) => russian.counted(n, { one: 'запрос', few: 'запроса', other: 'запросов' }),
}

export function requestWords(language: Language): typeof en {
  return language === 'ru' ? ru : en
}
