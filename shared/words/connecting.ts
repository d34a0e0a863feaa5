import type { Language } from './language.ts'

/** Connecting to Zoom, parting from it, and the end of a wide view: seldom read, so apart from the catalogue. */
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
}

export function connectingWords(language: Language): typeof en {
  return language === 'ru' ? ru : en
}
