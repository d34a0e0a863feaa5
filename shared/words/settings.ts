import type { CohostPolicy } from '../wire/settings.ts'
import { formatFor, NBSP } from './format.ts'
import type { Language } from './language.ts'

const english = formatFor('en')
const russian = formatFor('ru')

/** The words of the Settings screen, apart from the catalogue because the screen comes apart from the first view. */
const en = {
  title: 'Settings',
  loading: 'Loading the settings',

  connection: 'Connection',
  connected: 'Connected to Zoom',
  connectedText: 'Zoom tells Rollbook who comes and goes, even while this panel is closed.',
  reconnect: 'Zoom no longer lets Rollbook in',
  reconnectText: 'The consent expired or was withdrawn. Reports and new meetings wait; your lists are safe.',
  scopes: 'Zoom’s consent is too small',
  scopesText: 'This version needs rights you have not given yet. What it has goes on working.',
  missing: 'Not connected to Zoom',
  missingText: 'Rollbook has no consent of yours, so it records only what an open panel sees.',

  browser: 'Wide view',
  browserText: 'The same lists in your browser, with room for a table. It ends by itself after an hour.',
  openInBrowser: 'Open in browser',
  opened: 'Opened in your browser. The link works once, for a minute.',
  open: (n: number) => `${english.counted(n, { one: 'view', other: 'views' })} open now.`,
  closeViews: (n: number): string => (n === 1 ? 'Close it' : 'Close them'),
  hereUntil: (time: string) => `You are in it. It ends at ${time}.`,
  signOut: 'Sign out',

  requests: 'Waiting for your answer',
  answeredNow: 'You answered',
  asked: (who: string) => `${who} asks to see this list`,
  askedAt: (when: string) => `Asked ${when}`,
  addresses: 'With e-mail addresses',
  allowOnce: 'Allow once',
  allowAlways: 'Always allow',
  allowHint: 'Once: this meeting only. Always: every meeting they co-host.',
  refuse: 'Refuse',
  allowedOnce: (who: string, emails: boolean) =>
    `${who} will see this list${emails ? ' with e-mails' : ' without e-mails'}.`,
  allowedAlways: (who: string, emails: boolean) =>
    `${who} will see every list they co-host${emails ? ' with e-mails' : ' without e-mails'}.`,
  refused: (who: string) => `${who} will not see this list.`,
  takesEffect: 'It takes effect in a few seconds.',
  undo: 'Undo',
  saving: 'Saving…',

  cohosts: 'Co-hosts',
  policy: 'After a meeting its co-hosts get',
  policies: {
    nothing: 'Nothing',
    without_emails: 'The list without e-mails',
    everything: 'Everything',
  } as Record<CohostPolicy, string>,
  policyTexts: {
    nothing: 'They see that a meeting took place, and can ask you for its list.',
    without_emails: 'They can read and export names and times. Addresses stay with you.',
    everything: 'They can read and export what you can, e-mail addresses included.',
  } as Record<CohostPolicy, string>,
  people: 'People who were co-host',
  nobody: 'Nobody has opened Rollbook as your co-host yet. Those who do appear here.',
  meetings: (n: number) => english.counted(n, { one: 'meeting', other: 'meetings' }),
  last: (day: string) => `last on ${day}`,
  unnamed: 'Co-host without a name',
  decisionFor: (who: string) => `What ${who} gets`,
  asPolicy: 'As above',
  decisions: {
    nothing: 'Nothing',
    without_emails: 'Without e-mails',
    everything: 'Everything',
  } as Record<CohostPolicy, string>,
  answered: 'Answered in the last 30 days',
  answers: {
    granted_once: 'allowed once',
    granted_always: 'always allowed',
    refused: 'refused',
  },
  takeBack: 'An answer is changed above, by what the person gets; “Nothing” takes every answer back.',

  appearance: 'Appearance',
  theme: 'Theme',
  light: 'Light',
  dark: 'Dark',
  language: 'Language',
  auto: { zoom: 'Like Zoom', browser: 'Like the browser' },

  disconnect: 'Disconnect Rollbook',
  disconnectText:
    'Ends the connection to Zoom and deletes everything this installation keeps: all lists, past and running, with their names and addresses. Exported files are not touched.',
  disconnectElsewhere:
    'You are in somebody else’s meeting. To disconnect your own Rollbook, open it in Zoom’s main window.',
  disconnectAsk: 'Delete all lists for good?',
  disconnectAskText: 'Nobody can bring them back, nor can we. Co-hosts lose what you allowed them.',
  disconnectFirst: 'Disconnect…',
  disconnectSure: 'Delete all lists and disconnect',
  disconnecting: 'Disconnecting…',
  keep: 'Keep everything',

  notOwner: 'What belongs to the host',
  notOwnerText:
    'The connection to Zoom, what co-hosts get and their requests are decided by the person who added Rollbook. You see here what is yours.',
}

const ru: typeof en = {
  title: 'Настройки',
  loading: 'Загружаем настройки',

  connection: 'Связь с Zoom',
  connected: 'Zoom подключён',
  connectedText: 'Zoom сообщает Rollbook, кто входит и выходит, даже когда панель закрыта.',
  reconnect: 'Zoom больше не пускает Rollbook',
  reconnectText: 'Согласие истекло или отозвано. Отчёты и новые встречи ждут; ваши списки целы.',
  scopes: 'Согласия Zoom не хватает',
  scopesText: 'Этой версии нужны права, которых вы ещё не дали. То, что разрешено, работает как прежде.',
  missing: 'Zoom не подключён',
  missingText: 'Вашего согласия нет, поэтому Rollbook записывает только то, что видит открытая панель.',

  browser: 'Просмотр в браузере',
  browserText: 'Те же списки в вашем браузере, таблицей во всю ширину. Через час он закончится сам.',
  openInBrowser: 'Открыть в браузере',
  opened: 'Открыто в браузере. Ссылка срабатывает один раз и живёт минуту.',
  open: (n) =>
    `${russian.plural(n, { one: 'Открыт', other: 'Открыто' })} ${russian.counted(n, { one: 'просмотр', few: 'просмотра', other: 'просмотров' })}.`,
  closeViews: (n) => (n === 1 ? 'Закрыть его' : 'Закрыть их'),
  hereUntil: (time) => `Вы сейчас в нём. Он закончится в${NBSP}${time}.`,
  signOut: 'Выйти',

  requests: 'Ждут вашего ответа',
  answeredNow: 'Вы ответили',
  asked: (who) => `${who} просит этот список`,
  askedAt: (when) => `Запрос: ${when}`,
  addresses: 'С адресами e-mail',
  allowOnce: 'Разрешить один раз',
  allowAlways: 'Разрешать всегда',
  allowHint: 'Один раз: только эта встреча. Всегда: все встречи, где он соорганизатор.',
  refuse: 'Отказать',
  allowedOnce: (who, emails) => `${who}: список откроется ${emails ? 'с e-mail' : 'без e-mail'}.`,
  allowedAlways: (who, emails) =>
    `${who}: откроются списки всех совместных встреч ${emails ? 'с e-mail' : 'без e-mail'}.`,
  refused: (who) => `${who}: список не откроется.`,
  takesEffect: 'Вступит в силу через несколько секунд.',
  undo: 'Отменить',
  saving: 'Сохраняем…',

  cohosts: 'Соорганизаторы',
  policy: 'После встречи соорганизаторы получают',
  policies: {
    nothing: 'Ничего',
    without_emails: 'Список без e-mail',
    everything: 'Всё',
  },
  policyTexts: {
    nothing: 'Они видят, что встреча была, и могут попросить у вас её список.',
    without_emails: 'Могут смотреть и выгружать имена и время. Адреса остаются у вас.',
    everything: 'Могут смотреть и выгружать всё, что и вы, вместе с адресами e-mail.',
  },
  people: 'Кто был соорганизатором',
  nobody: 'Пока никто не открывал Rollbook как ваш соорганизатор. Такие люди появятся здесь.',
  meetings: (n) => russian.counted(n, { one: 'встреча', few: 'встречи', other: 'встреч' }),
  last: (day) => `последняя ${day}`,
  unnamed: 'Соорганизатор без имени',
  decisionFor: (who) => `Что получает ${who}`,
  asPolicy: 'Как выше',
  decisions: {
    nothing: 'Ничего',
    without_emails: 'Без e-mail',
    everything: 'Всё',
  },
  answered: 'Ответы за последние 30 дней',
  answers: {
    granted_once: 'разрешено один раз',
    granted_always: 'разрешено всегда',
    refused: 'отказано',
  },
  takeBack: 'Ответ меняется выше, у самого человека; «Ничего» отменяет все ответы.',

  appearance: 'Вид',
  theme: 'Тема',
  light: 'Светлая',
  dark: 'Тёмная',
  language: 'Язык',
  auto: { zoom: 'Как в Zoom', browser: 'Как в браузере' },

  disconnect: 'Отключить Rollbook',
  disconnectText:
    'Прекращает связь с Zoom и удаляет всё, что хранит эта установка: все списки, прошлые и текущие, с именами и адресами. Выгруженные файлы останутся.',
  disconnectElsewhere:
    'Вы на чужой встрече. Чтобы отключить свой Rollbook, откройте его в главном окне Zoom.',
  disconnectAsk: 'Удалить все списки навсегда?',
  disconnectAskText: 'Вернуть их не сможет никто, мы тоже. Соорганизаторы потеряют то, что вы им разрешили.',
  disconnectFirst: 'Отключить…',
  disconnectSure: 'Удалить все списки и отключить',
  disconnecting: 'Отключаем…',
  keep: 'Оставить всё как есть',

  notOwner: 'Что решает организатор',
  notOwnerText:
    'Связь с Zoom, права соорганизаторов и их запросы решает тот, кто добавил Rollbook. Здесь видно то, что касается вас.',
}

export function settingsWords(language: Language): typeof en {
  return language === 'ru' ? ru : en
}
