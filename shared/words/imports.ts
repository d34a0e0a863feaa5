/** Handing a file in: what the sheet of the panel says. Sentences about the file itself are in `files.ts`. */
import type { ParticipantField } from '../files/portal-file.ts'
import { formatFor, type PluralForms } from './format.ts'
import type { Language } from './language.ts'

const { counted } = formatFor('en')
const rows: PluralForms = { one: 'row', other: 'rows' }
const people: PluralForms = { one: 'person', other: 'people' }

const en = {
  title: 'Import a file',
  open: 'Import a file',
  letGo: 'Let go to look at the file',
  what: 'A list of participants exported from Zoom’s portal, in any language. It becomes evidence of its meeting: a new one here, or one that was recorded. Nobody is counted twice.',
  choose: 'Choose a file',
  chooseOther: 'Another file',
  embedded:
    'If nothing opens here, Zoom’s window does not let files in: open the wide view in Settings, and import there.',
  looking: 'Looking at the file…',
  asking: 'Looking where it belongs…',
  readAs: 'Recognised',
  layouts: {
    participants: 'Participants of a meeting',
    totals: 'Totals without times',
    history: 'Several meetings',
    webinar: 'Report of a webinar',
    api_answer: 'Answer of Zoom’s API',
  },
  rows: (n: number) => counted(n, rows),
  withoutTimes: (n: number) =>
    `${counted(n, rows)} without times ${n === 1 ? 'tells' : 'tell'} of no presence and ${n === 1 ? 'stays' : 'stay'} out.`,
  before: (when: string) =>
    `This very file was imported on ${when}. With the same answers importing it again changes nothing.`,
  zone: 'Times are meant in',
  ownZone: (zone: string) => `${zone} (this computer’s)`,
  zoneHint: 'The file does not say it. Zoom writes the zone of whoever exported it.',
  dates: 'Dates',
  datesOpen: 'Day and month can be read both ways. Which comes first?',
  orders: { mdy: 'Month first', dmy: 'Day first', ymd: 'Year first' },
  columnsTitle: 'Is this what the columns mean?',
  columnsHint: 'The header is in words we do not know; we went by what stands below.',
  columnsRight: 'Yes, this is right',
  meaningOf: (header: string) => `Meaning of the column ${header}`,
  unnamed: (n: number) => `column ${n}`,
  unread: 'Not read',
  fields: {
    name: 'Name',
    first_name: 'First name',
    last_name: 'Last name',
    email: 'E-mail',
    phone: 'Phone',
    join: 'Join time',
    leave: 'Leave time',
    minutes: 'Minutes',
    in_waiting_room: 'In the waiting room',
    attended: 'Attended',
    registered_at: 'Registered at',
    approval: 'Approval',
  } satisfies Partial<Record<ParticipantField, string>>,
  meetings: (n: number) => counted(n, { one: 'meeting', other: 'meetings' }),
  moreMeetings: (n: number) => `And ${counted(n, { one: 'more meeting', other: 'more meetings' })}.`,
  untitled: 'Meeting without a title',
  number: (number: string) => `No. ${number}`,
  goesTo: (topic: string, when: string) => `Goes to “${topic}”, ${when}`,
  isNew: 'A new meeting here',
  belongsTo: 'It has no number. Does it belong to one of these?',
  makeNew: 'No, make a new meeting',
  firstRows: 'First rows',
  notes: (n: number) => counted(n, { one: 'note about the file', other: 'notes about the file' }),
  moreNotes: (n: number) => `And ${formatFor('en').count(n)} more.`,
  send: (n: number) => `Import ${counted(n, rows)}`,
  sending: 'Sending the file…',
  working: 'The server reads it…',
  noRows: 'No row of this file tells when somebody was there, so it proves no presence.',
  totals:
    'This list has minutes, but no times of joining and leaving, so it proves no presence. In Zoom’s portal export the participants without “Show unique users”, and import that file. This one can be read on Rollbook’s home page and by npx rollbook people.',
  done: 'Imported',
  known: 'Nothing changed',
  knownText: 'This very file was imported before.',
  replaced: 'Imported anew',
  replacedText: 'It was imported before with other answers; these count now.',
  changed: (added: number, matched: number, known: number) =>
    [
      `${counted(added, people)} new`,
      `${formatFor('en').count(matched)} matched`,
      `${counted(known, rows)} already known`,
    ].join(' · '),
  openMeeting: 'Open the meeting',
  undo: 'Undo',
  undoing: 'Taking it back…',
  undone: 'Taken back',
  undoneText: 'What the file said is gone. Importing it again restores it.',
  tooLarge: 'This file is larger than 32 MiB',
  tooLargeText: 'The command line reads files of any size on your own machine: npx rollbook people FILE',
  brokeOff: 'The file could not be read',
  brokeOffText: 'The browser ended the work, most likely for want of memory. Nothing was sent.',
  notOwner: 'Only the owner of this Rollbook imports files',
  notOwnerText: 'Lists of meetings you co-host are kept by their host. Ask them, or add Rollbook yourself.',
  tryAgain: 'Try again',
}
export type ImportWords = typeof en

const russian = formatFor('ru')
const rowsRu: PluralForms = { one: 'строка', few: 'строки', other: 'строк' }
const rowsAccusative: PluralForms = { one: 'строку', few: 'строки', other: 'строк' }

const ru: ImportWords = {
  title: 'Загрузить файл',
  open: 'Загрузить файл',
  letGo: 'Отпустите, чтобы посмотреть файл',
  what: 'Список участников, скачанный с портала Zoom, на любом языке. Он станет свидетельством о встрече: новой здесь или уже записанной. Никто не посчитается дважды.',
  choose: 'Выбрать файл',
  chooseOther: 'Другой файл',
  embedded:
    'Если ничего не открывается, окно Zoom не пускает файлы: откройте широкий вид в настройках и загрузите там.',
  looking: 'Смотрим файл…',
  asking: 'Ищем, к какой встрече он относится…',
  readAs: 'Распознано',
  layouts: {
    participants: 'Участники встречи',
    totals: 'Итоги без времени',
    history: 'Несколько встреч',
    webinar: 'Отчёт о вебинаре',
    api_answer: 'Ответ API Zoom',
  },
  rows: (n) => russian.counted(n, rowsRu),
  withoutTimes: (n) =>
    `Без времени ${russian.counted(n, rowsRu)}: о присутствии они не говорят и не загружаются.`,
  before: (when) =>
    `Этот самый файл уже загружен: ${when}. С теми же ответами повторная загрузка ничего не изменит.`,
  zone: 'Время указано в поясе',
  ownZone: (zone) => `${zone} (этого компьютера)`,
  zoneHint: 'В файле этого нет. Zoom пишет время того, кто скачал файл.',
  dates: 'Даты',
  datesOpen: 'День и месяц можно прочитать по-разному. Что стоит первым?',
  orders: { mdy: 'Сначала месяц', dmy: 'Сначала день', ymd: 'Сначала год' },
  columnsTitle: 'Столбцы поняты верно?',
  columnsHint: 'Заголовки на незнакомом языке; мы судили по тому, что под ними.',
  columnsRight: 'Да, всё верно',
  meaningOf: (header) => `Что значит столбец ${header}`,
  unnamed: (n) => `столбец ${n}`,
  unread: 'Не читать',
  fields: {
    name: 'Имя полностью',
    first_name: 'Имя',
    last_name: 'Фамилия',
    email: 'E-mail',
    phone: 'Телефон',
    join: 'Время входа',
    leave: 'Время выхода',
    minutes: 'Минуты',
    in_waiting_room: 'В зале ожидания',
    attended: 'Был на встрече',
    registered_at: 'Время регистрации',
    approval: 'Одобрение',
  },
  meetings: (n) => russian.counted(n, { one: 'встреча', few: 'встречи', other: 'встреч' }),
  moreMeetings: (n) => `И ещё ${russian.counted(n, { one: 'встреча', few: 'встречи', other: 'встреч' })}.`,
  untitled: 'Встреча без названия',
  number: (number) => `№ ${number}`,
  goesTo: (topic, when) => `Относится ко встрече «${topic}», ${when}`,
  isNew: 'Новая встреча',
  belongsTo: 'Номера нет. Относится ли она к одной из этих?',
  makeNew: 'Нет, создать новую встречу',
  firstRows: 'Первые строки',
  notes: (n) =>
    russian.counted(n, { one: 'замечание о файле', few: 'замечания о файле', other: 'замечаний о файле' }),
  moreNotes: (n) => `И ещё ${russian.count(n)}.`,
  send: (n) => `Загрузить ${russian.counted(n, rowsAccusative)}`,
  sending: 'Отправляем файл…',
  working: 'Сервер читает файл…',
  noRows: 'Ни одна строка файла не говорит, когда кто был, поэтому присутствия он не доказывает.',
  totals:
    'В этом списке есть минуты, но нет времени входа и выхода, поэтому присутствия он не доказывает. Скачайте с портала Zoom участников без «Показать уникальных пользователей» и загрузите тот файл. Этот можно прочитать на главной странице Rollbook и командой npx rollbook people.',
  done: 'Загружено',
  known: 'Ничего не изменилось',
  knownText: 'Этот самый файл уже был загружен.',
  replaced: 'Загружено заново',
  replacedText: 'Раньше файл загружали с другими ответами; теперь действуют эти.',
  changed: (added, matched, known) =>
    [
      `новых людей: ${russian.count(added)}`,
      `совпало: ${russian.count(matched)}`,
      `известных строк: ${russian.count(known)}`,
    ].join(' · '),
  openMeeting: 'Открыть встречу',
  undo: 'Отменить',
  undoing: 'Отменяем…',
  undone: 'Отменено',
  undoneText: 'Того, что говорил файл, больше нет. Загрузите его снова, чтобы вернуть.',
  tooLarge: 'Файл больше 32 МиБ',
  tooLargeText: 'Файлы любого размера читает командная строка на вашем компьютере: npx rollbook people ФАЙЛ',
  brokeOff: 'Файл не удалось прочитать',
  brokeOffText: 'Браузер прервал работу, скорее всего из-за нехватки памяти. Ничего не отправлено.',
  notOwner: 'Файлы загружает только владелец этого Rollbook',
  notOwnerText:
    'Списки встреч, где вы соорганизатор, хранит организатор. Попросите его или добавьте Rollbook себе.',
  tryAgain: 'Попробовать снова',
}

/** The words of handing a file in; loaded with its sheet. */
export function importWords(language: Language): ImportWords {
  return language === 'ru' ? ru : en
}
