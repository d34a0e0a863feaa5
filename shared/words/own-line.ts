import type { Language } from './language.ts'

/** What a participant reads: about themself, and nobody else. */
const en = {
  participantTitle: 'The host sees attendance',
  participant:
    'Rollbook notes when you join and leave this meeting, for its host. It records no sound, picture or chat.',
  participantNext: 'If you become host or co-host, this panel shows the list.',
  title: 'Your attendance',
  present: (minutes: string) => `You were here for ${minutes}`,
  presentNow: (minutes: string) => `You have been here for ${minutes}`,
  waitingOnly: 'You are in the waiting room',
  as: 'Noted as',
  only: 'Besides you, only the host and co-hosts of this meeting see this line.',
  provisional: 'The host’s final list may still change it slightly.',
  unnamedTitle: 'Zoom has not named you to us',
  unnamed:
    'That happens to people who join without signing in to Zoom, or by telephone. You may well be on the host’s list.',
  unnamedNext: 'To see your own line next time, sign in to Zoom before you join.',
  failed: 'Your line could not be read',
}

const ru: typeof en = {
  participantTitle: 'Посещаемость видит организатор',
  participant:
    'Rollbook отмечает для организатора, когда вы вошли и вышли. Он не записывает ни звук, ни видео, ни чат.',
  participantNext: 'Если вы станете организатором или соорганизатором, здесь появится список.',
  title: 'Ваша посещаемость',
  present: (minutes) => `Вы были здесь ${minutes}`,
  presentNow: (minutes) => `Вы здесь уже ${minutes}`,
  waitingOnly: 'Вы в зале ожидания',
  as: 'Отмечено как',
  only: 'Кроме вас, эту строку видят только организатор и соорганизаторы встречи.',
  provisional: 'Окончательный список организатора может немного её изменить.',
  unnamedTitle: 'Zoom не назвал нам вас',
  unnamed:
    'Так бывает, если войти без учётной записи Zoom или по телефону. В списке организатора вы, возможно, есть.',
  unnamedNext: 'Чтобы в следующий раз увидеть свою строку, войдите в Zoom до встречи.',
  failed: 'Вашу строку не удалось прочитать',
}

export function ownLineWords(language: Language): typeof en {
  return language === 'ru' ? ru : en
}
