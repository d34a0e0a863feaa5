import { formatFor, NBSP } from './format.ts'
import type { Language } from './language.ts'

const english = formatFor('en')
const russian = formatFor('ru')

/** Connecting, requests of co-hosts and the wide view, as far as the panel's first view needs words for them. */
const en = {
  add: 'Add Rollbook',
  again: 'Connect again',
  addNext: 'Zoom asks for your consent right here.',
  waiting: 'Waiting for Zoom…',
  consent: 'Zoom asks for your consent in a window of its own. This ends by itself.',
  connected: 'Connected.',
  declined: 'You did not agree, so nothing has changed.',
  noAnswer: 'Zoom’s answer has not arrived within a minute. Try again, or use the browser.',
  zoomRefused: (code: string) => `Zoom did not ask (code ${code}). Use the browser.`,
  byBrowser: 'Do it in the browser',
  partedTitle: 'Rollbook is disconnected',
  parted: 'All lists of this installation are deleted, for good.',
  partedNext: 'Zoom tells us nothing of your meetings any more. You can add Rollbook again at any time.',
  overTitle: 'This view has ended',
  over: 'A view in the browser lasts one hour, and can be closed from Zoom. The lists themselves are safe.',
  overNext: 'Open it again from Zoom: Rollbook → Settings → Open in browser.',
  signedOutTitle: 'You are signed out',
  signedOut: 'Nothing of the lists is left in this browser.',
  somebody: 'A co-host',
  someMeeting: 'a meeting',
  request: (who: string, topic: string) => `${who} asks for the list of ${topic}.`,
  requests: (n: number) => `${english.count(n)}${NBSP}co-hosts wait for your answer.`,
  requestTitle: 'Access to a list',
  look: 'Look',
  badge: (n: number) => english.counted(n, { one: 'request', other: 'requests' }),
}

const ru: typeof en = {
  add: 'Добавить Rollbook',
  again: 'Подключить снова',
  addNext: 'Zoom спросит вашего согласия прямо здесь.',
  waiting: 'Ждём Zoom…',
  consent: 'Zoom спрашивает вашего согласия в своём окне. Дальше всё пойдёт само.',
  connected: 'Подключено.',
  declined: 'Вы не дали согласия, ничего не изменилось.',
  noAnswer: 'За минуту ответ Zoom не пришёл. Повторите или подключитесь в браузере.',
  zoomRefused: (code) => `Zoom не спросил согласия (код ${code}). Подключитесь в браузере.`,
  byBrowser: 'Сделать это в браузере',
  partedTitle: 'Rollbook отключён',
  parted: 'Все списки этой установки удалены навсегда.',
  partedNext:
    'Zoom больше ничего не сообщает нам о ваших встречах. Добавить Rollbook снова можно когда угодно.',
  overTitle: 'Этот просмотр закончился',
  over: 'Просмотр в браузере длится час, и его можно закрыть из Zoom. Сами списки целы.',
  overNext: 'Откройте его снова из Zoom: Rollbook → Настройки → Открыть в браузере.',
  signedOutTitle: 'Вы вышли',
  signedOut: 'В этом браузере ничего из списков не осталось.',
  somebody: 'Соорганизатор',
  someMeeting: 'встреча',
  request: (who, topic) => `${who} просит список: ${topic}.`,
  requests: (n) =>
    `${russian.plural(n, { one: 'Ждёт', other: 'Ждут' })} вашего ответа: ${russian.counted(n, { one: 'соорганизатор', few: 'соорганизатора', other: 'соорганизаторов' })}.`,
  requestTitle: 'Доступ к списку',
  look: 'Посмотреть',
  badge: (n) => russian.counted(n, { one: 'запрос', few: 'запроса', other: 'запросов' }),
}

export function connectingWords(language: Language): typeof en {
  return language === 'ru' ? ru : en
}
