import type { CorrectionWords } from './corrections.ts'
import { formatFor, type PluralForms } from './format.ts'

const russian = formatFor('ru')
const guillemets = (text: string): string => `\u2068«${text}»\u2069`
const connectionRu: PluralForms = { one: 'подключение', few: 'подключения', other: 'подключений' }

/** The Russian words of the evidence card and of corrections. */
export const ruCorrections: CorrectionWords = {
  loading: 'Загружаем сведения',
  connections: (n) => russian.counted(n, connectionRu),
  seenBy: (witnesses) => `Известно из: ${witnesses}.`,
  and: ' и ',
  witnesses: {
    webhook: 'сообщения Zoom',
    panel: 'панель',
    report: 'отчёт Zoom',
    import: 'загруженный файл',
  },
  share: 'Доля',
  shareOf: (percent, base) => `${percent} от ${base}`,
  labels: 'Метки',
  reached: 'Минимум набран',
  notReached: 'Меньше минимума',
  byHost: 'решил организатор',
  marks: { present: 'Был(а), решил организатор', absent: 'Не был(а), решил организатор' },
  corrected: 'исправлено организатором',
  unseenEnd: (time) => `${time} или позже`,
  rows: (n) =>
    russian.counted(n, { one: 'исходная строка', few: 'исходные строки', other: 'исходных строк' }),
  moreRows: (n) => `и ещё ${russian.count(n)}`,
  times: (n) => russian.counted(n, { one: 'раз', few: 'раза', other: 'раз' }),
  facts: {
    participant_joined: 'вход',
    participant_left: 'выход',
    role_changed: 'новая роль',
    phone_bound: 'телефон привязан',
    panel_read: 'в списке',
    panel_change: 'список изменился',
    email_shared: 'e-mail сообщён',
    report_row: 'строка',
    import_row: 'строка',
  },
  proposals: 'Возможно, один человек',
  proposalReasons: {
    same_name: (value) => `У обоих имя ${guillemets(value)}.`,
    name_fits: () => 'Одно имя входит в другое, и время сходится.',
    same_key: () => 'У обоих общий идентификатор, но сведения о них противоречивы: решать вам.',
    typed_email: () => 'E-mail, который вы указали одному, принадлежит другому.',
    alias: () =>
      'На другой встрече с этим номером организатор объединил или переименовал человека с таким именем.',
  },
  same: 'Это один человек',
  notSame: 'Это разные люди',
  cleanings: 'Написать аккуратнее',
  cleaned: (proposed) => `${guillemets(proposed)}?`,
  cleaningReasons: {
    case: 'Имя написано одними прописными или одними строчными буквами.',
    spaces: 'Есть лишние пробелы.',
    original_name: 'В скобках стоит исходное имя.',
    typo: 'Похоже на опечатку.',
    syntax: 'Это не полный адрес e-mail.',
    role_address: 'Это адрес отдела, а не одного человека.',
  },
  use: 'Принять',
  leave: 'Оставить',
  corrections: 'Что изменил организатор',
  acts: {
    title: 'Исправить',
    rename: 'Имя',
    email: 'E-mail',
    label: 'Метка',
    mark: 'Был или не был',
    merge: 'Объединить с…',
    somebodyElse: 'Это другой человек',
    somebodyElseSaid: (connection) => `${connection}: это другой человек`,
    save: 'Сохранить',
    saving: 'Сохраняем…',
    cancel: 'Отмена',
    noEmail: 'Убрать e-mail',
    name: 'Имя в списке',
    nameHint: 'Имя, которое показал Zoom, останется рядом.',
    emailHint: 'Введённый вручную, он сам никого не объединяет.',
    labelHint: 'Например, группа или «оплачено».',
    present: 'Был(а)',
    absent: 'Не был(а)',
    reason: 'Причина',
    reasonHint: 'Она видна в списке. Минуты остаются прежними.',
    everyone: 'Все исправления',
  },
  merge: {
    title: 'С кем это один человек?',
    explain: (name) => `${guillemets(name)} и тот, кого вы выберете, станут одним человеком.`,
    search: 'Поиск по имени или e-mail',
    clear: 'Очистить поиск',
    list: 'С кем объединить',
    nobody: 'Никто не найден',
    nobodyNext: 'Измените запрос.',
    alone: 'Больше в списке никого нет',
    aloneNext: 'Объединять не с кем.',
    back: 'Назад',
  },
  done: {
    merge: 'Объединено в одного человека.',
    split: 'Разделено.',
    apart: 'Оставлены разными; больше не предложим.',
    rename: 'Имя изменено.',
    email: 'E-mail сохранён.',
    label: 'Метка добавлена.',
    mark: 'Отмечено.',
  },
  undo: 'Отменить',
  undoSaid: (what) => `Отменить: ${what}`,
  undone: 'Отменено.',
  redo: 'Вернуть',
  redoSaid: (what) => `Вернуть: ${what}`,
  dismiss: 'Закрыть сообщение',
  history: {
    title: 'Исправления',
    subtitle: 'Что организаторы изменили в этом списке',
    empty: 'Ничего не исправлено',
    emptyNext:
      'Откройте человека, чтобы переименовать, объединить, разделить или отметить. Здесь каждое исправление можно отменить.',
    loading: 'Загружаем исправления',
    newer: 'Новее',
    older: 'Раньше',
    own: 'вы',
    other: 'другой организатор',
    undone: 'отменено',
    idle: 'Сейчас в списке нет никого, о ком это, поэтому ничего не меняется.',
    nobody: 'Сейчас ни о ком',
  },
  pairs: {
    title: 'Кто, возможно, один человек',
    subtitle: 'Без вашего слова никто не объединяется',
    empty: 'Похоже, дважды в списке нет никого',
    emptyNext: 'Вы можете открыть человека и объединить его с другим.',
    loading: 'Сравниваем людей',
    more: (n) =>
      `и ещё ${russian.counted(n, { one: 'пара', few: 'пары', other: 'пар' })}; они появятся, когда вы ответите на эти`,
    before: 'Назад',
    after: 'Дальше',
  },
  tidying: {
    title: 'Написать аккуратнее',
    subtitle: 'Без вашего слова ничего не меняется',
    empty: 'Имена и адреса в порядке',
    emptyNext: 'Вы можете открыть человека и исправить имя или e-mail.',
    loading: 'Смотрим имена и адреса',
    more: (n) => `и ещё ${russian.count(n)}; они появятся, когда вы ответите на эти`,
    before: 'Назад',
    after: 'Дальше',
    role: 'Отдел',
  },
  said(act) {
    switch (act.kind) {
      case 'merge':
        return 'Несколько — один человек'
      case 'split':
        return `${russian.counted(act.connections.length, connectionRu)} — другой человек`
      case 'apart':
        return 'Это разные люди'
      case 'rename':
        return `Имя: ${guillemets(act.name)}`
      case 'email':
        return act.email === null ? 'E-mail убран' : `E-mail: ${act.email}`
      case 'label':
        return `Метка: ${guillemets(act.label)}`
      case 'mark':
        return `${act.mark === 'present' ? 'Был(а)' : 'Не был(а)'}: ${guillemets(act.reason)}`
    }
  },
}
