import { formatFor, type PluralForms } from './format.ts'
import type { Language } from './language.ts'

const { count, counted } = formatFor('en')

const en = {
  exporting: {
    title: 'Export',
    format: 'Format',
    csvExcel: 'Excel CSV',
    csv: 'CSV',
    table: 'Copy',
    separator: 'Separator',
    comma: 'Comma',
    semicolon: 'Semicolon',
    tab: 'Tab',
    decimal: 'Decimals',
    bom: 'Mark for Excel',
    bomHint: 'A byte order mark: without it Excel on Windows misreads names.',
    sentence: 'Sentence on top',
    sentenceHint: 'How many came and stayed, above the headers. Programs do not expect it there.',
    headers: 'Headers',
    who: 'Who',
    times: (zone: string) =>
      `Times are written in ${zone}. Text that a spreadsheet would run as a formula is made harmless.`,
    on: 'On',
    off: 'Off',
    opensInBrowser: 'Opens in your browser',
    copiesHere: 'For a sheet or a chat',
    exportN: (n: number) => `Export ${count(n)}`,
    copyN: (n: number) => `Copy ${count(n)}`,
    preparing: 'Preparing…',
    opened: (rows: number) => `Opened in your browser: ${counted(rows, { one: 'row', other: 'rows' })}.`,
    notOpened: 'The link did not open?',
    copyLink: 'Copy link',
    linkCopied: 'Link copied',
    copied: (rows: number) =>
      `Copied: ${counted(rows, { one: 'row', other: 'rows' })}. Paste it into a sheet.`,
    copyByHand: 'Your Zoom client does not let us copy. Select the text and copy it:',
    emailsHidden: 'Without e-mails: the host’s settings keep them from co-hosts.',
  },
  emails: {
    title: 'Ask for e-mails',
    explain:
      'Zoom shows everybody a question. Those who agree share the verified address of their Zoom account with you.',
    reason: 'Reason they will read',
    defaultReason: 'To note your attendance.',
    ask: 'Ask everybody',
    asking: 'Asking…',
    progress: (shared: number, refused: number) => `${count(shared)} agreed · ${count(refused)} shared none`,
    waitingForAnswers: 'Answers come one by one. You may close this.',
    unsupported: 'This Zoom client cannot ask for e-mails. It needs the desktop client 5.16.10 or newer.',
    failed: (code: string) => `Zoom did not ask (code ${code}). Try again in the main room of the meeting.`,
  },
}
export type SheetWords = typeof en

const russian = formatFor('ru')
const rows: PluralForms = { one: 'строка', few: 'строки', other: 'строк' }

const ru: SheetWords = {
  exporting: {
    title: 'Экспорт',
    format: 'Формат',
    csvExcel: 'CSV для Excel',
    csv: 'CSV',
    table: 'Копия',
    separator: 'Разделитель',
    comma: 'Запятая',
    semicolon: 'Точка с запятой',
    tab: 'Табуляция',
    decimal: 'Дробная часть',
    bom: 'Метка для Excel',
    bomHint: 'Метка порядка байтов: без неё Excel в Windows портит имена.',
    sentence: 'Итог сверху',
    sentenceHint: 'Сколько пришло и сколько осталось, над заголовками. Программы этого там не ждут.',
    headers: 'Заголовки',
    who: 'Кто',
    times: (zone) =>
      `Время указано в поясе ${zone}. Текст, который таблица приняла бы за формулу, обезврежен.`,
    on: 'Вкл',
    off: 'Выкл',
    opensInBrowser: 'Откроется в браузере',
    copiesHere: 'Для таблицы или чата',
    exportN: (n) => `Экспорт: ${russian.count(n)}`,
    copyN: (n) => `Копировать: ${russian.count(n)}`,
    preparing: 'Готовим…',
    opened: (n) => `Открыто в браузере: ${russian.counted(n, rows)}.`,
    notOpened: 'Ссылка не открылась?',
    copyLink: 'Копировать ссылку',
    linkCopied: 'Ссылка скопирована',
    copied: (n) => `Скопировано: ${russian.counted(n, rows)}. Вставьте в таблицу.`,
    copyByHand: 'Клиент Zoom не разрешает копировать. Выделите текст и скопируйте сами:',
    emailsHidden: 'Без e-mail: так решил организатор для соорганизаторов.',
  },
  emails: {
    title: 'Спросить e-mail',
    explain:
      'Zoom покажет всем вопрос. Кто согласится, передаст вам подтверждённый адрес своего аккаунта Zoom.',
    reason: 'Причина, которую прочтут',
    defaultReason: 'Чтобы отметить ваше присутствие.',
    ask: 'Спросить всех',
    asking: 'Спрашиваем…',
    progress: (shared, refused) =>
      `Согласились: ${russian.count(shared)} · не поделились: ${russian.count(refused)}`,
    waitingForAnswers: 'Ответы приходят по одному. Окно можно закрыть.',
    unsupported:
      'Этот клиент Zoom не умеет спрашивать e-mail. Нужен клиент для компьютера 5.16.10 или новее.',
    failed: (code) => `Zoom не задал вопрос (код ${code}). Повторите в основном зале встречи.`,
  },
}

/** The words of the sheets for exporting and for asking e-mails; loaded when one of them is opened. */
export function sheetWords(language: Language): SheetWords {
  return language === 'ru' ? ru : en
}
