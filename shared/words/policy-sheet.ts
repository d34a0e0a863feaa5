import type { LabelCondition, PolicyScope } from '../wire/index.ts'
import { formatFor, NBSP } from './format.ts'
import type { Language } from './language.ts'
import { minimumWords } from './minimum.ts'

const en = {
  title: 'What 100 % is',
  loading: 'Loading the rules',
  readOnly: 'Only the host changes these rules. You can try other minimums without changing anything.',
  scope: 'These rules are for',
  scopes: {
    gathering: 'This meeting',
    number: 'This number',
    installation: 'Everything',
  } satisfies Record<PolicyScope, string>,
  scopeSaid: {
    gathering: 'They count for this meeting alone.',
    number: 'They count for every meeting with this number, unless one has rules of its own.',
    installation: 'They count for every meeting without rules of its own.',
  } satisfies Record<PolicyScope, string>,
  noNumber: 'This meeting has no number.',
  inherited: {
    gathering: 'as for this meeting',
    number: 'as for this number',
    installation: 'as for everything',
    default: 'as it is when nobody says otherwise',
  },
  asAbove: (source: string) => `Taken over: ${source}.`,
  setHere: 'Set here.',
  inheritAgain: 'Take back',
  inheritAgainSaid: (what: string) => `Take back: ${what}`,
  base: '100 % is',
  bases: {
    actual: 'As it was',
    first_guest: 'From the first guest',
    scheduled: 'As planned',
    window: 'A window',
  },
  baseSaid: {
    actual: 'From the start to the end of the meeting.',
    first_guest: 'From when the first guest came to the end: who set up early does not count.',
    scheduled: 'As the meeting was planned, where Zoom told it; else as it was.',
    window: 'From one time of day to another; an end before the start is on the next day.',
  },
  from: 'From',
  to: 'To',
  breaks: 'Breaks',
  breaksSaid: 'They are taken out of the 100 %.',
  noBreaks: 'None.',
  addBreak: 'Add a break',
  removeBreak: (stretch: string) => `Remove the break ${stretch}`,
  zone: 'Times are of',
  minimum: 'Minimum',
  minimumField: 'Minimum, percent',
  takeMinimum: (percent: string) => `Make ${percent} the minimum`,
  notOver: 'Once the meeting is over, this shows who reaches which minimum.',
  statuses: 'Late and left early',
  late: 'Late after',
  leftEarly: 'Left early, before the end',
  returned: 'Came back after',
  minutes: 'min',
  labels: 'Labels by rule',
  labelsSaid: 'Whoever meets all conditions of a rule has its label, to filter by and in exports.',
  noLabels: 'None.',
  addLabel: 'Add a label',
  editLabel: (name: string) => `Change the label ${name}`,
  removeLabel: (name: string) => `Remove the label ${name}`,
  edit: 'Change',
  remove: 'Remove',
  labelName: 'Name of the label',
  when: 'When',
  condition: (n: number) => `Condition ${n}`,
  addCondition: 'And…',
  removeCondition: (n: number) => `Remove condition ${n}`,
  takeLabel: 'Done',
  cancel: 'Cancel',
  and: ' and ',
  percentOf: 'Percent',
  minutesOf: 'Minutes',
  timeOf: 'Time of day',
  domainOf: 'Domain',
  statusOf: 'Status',
  conditions: {
    share_at_least: 'share at least',
    share_below: 'share below',
    present_at_least: 'present at least',
    joined_after: 'joined after',
    left_before: 'left before',
    stayed_until: 'stayed until',
    has_email: 'has an e-mail',
    no_email: 'has no e-mail',
    email_domain: 'e-mail of the domain',
    status: 'status is',
  } satisfies Record<LabelCondition['kind'], string>,
  ofStatus: {
    late: 'late',
    left_early: 'left early',
    returned: 'came back',
    walk_in: 'not registered',
    absent: 'absent',
    unidentified: 'unidentified',
    conflict: 'conflict',
  } satisfies Record<Extract<LabelCondition, { kind: 'status' }>['status'], string>,
  save: 'Save',
  saving: 'Saving…',
  saved: 'Saved.',
  undo: 'Undo',
  undone: 'Taken back.',
  changedMeanwhile: {
    what: 'Somebody else changed these rules',
    next: 'Theirs are shown now, with what you changed on top of them. Look them over and save again.',
  },
  unsaved: 'Not saved yet',
  discard: 'Discard',
}
export type PolicySheetWords = typeof en

const ru: PolicySheetWords = {
  title: 'Что такое 100 %',
  loading: 'Загружаем правила',
  readOnly: 'Эти правила меняет только организатор. Другой минимум можно примерить, ничего не меняя.',
  scope: 'Эти правила — для',
  scopes: { gathering: 'Этой встречи', number: 'Этого номера', installation: 'Всех' },
  scopeSaid: {
    gathering: 'Они действуют только для этой встречи.',
    number: 'Они действуют для каждой встречи с этим номером, если у неё нет своих правил.',
    installation: 'Они действуют для каждой встречи без своих правил.',
  },
  noNumber: 'У этой встречи нет номера.',
  inherited: {
    gathering: 'как для этой встречи',
    number: 'как для этого номера',
    installation: 'как для всех',
    default: 'как обычно, пока никто не сказал иначе',
  },
  asAbove: (source) => `Перенято: ${source}.`,
  setHere: 'Задано здесь.',
  inheritAgain: 'Вернуть как было',
  inheritAgainSaid: (what) => `Вернуть как было: ${what}`,
  base: '100 % — это',
  bases: {
    actual: 'Как было',
    first_guest: 'С первого гостя',
    scheduled: 'По плану',
    window: 'Промежуток',
  },
  baseSaid: {
    actual: 'От начала до конца встречи.',
    first_guest: 'От входа первого гостя до конца: кто готовился заранее, не в счёт.',
    scheduled: 'Как встреча была назначена, если Zoom это сообщил; иначе как было.',
    window: 'От одного времени суток до другого; конец раньше начала — на следующий день.',
  },
  from: 'С',
  to: 'До',
  breaks: 'Перерывы',
  breaksSaid: 'Они не входят в 100 %.',
  noBreaks: 'Нет.',
  addBreak: 'Добавить перерыв',
  removeBreak: (stretch) => `Убрать перерыв ${stretch}`,
  zone: 'Время по поясу',
  minimum: 'Минимум',
  minimumField: 'Минимум, процентов',
  takeMinimum: (percent) => `Сделать минимумом ${percent}`,
  notOver: 'Когда встреча закончится, здесь будет видно, кто набирает какой минимум.',
  statuses: 'Опоздания и ранний уход',
  late: 'Опоздание — после',
  leftEarly: 'Ранний уход — до конца',
  returned: 'Возвращение — после',
  minutes: 'мин',
  labels: 'Метки по правилам',
  labelsSaid: 'Метку получает каждый, для кого верны все условия; по ней можно отобрать список и экспорт.',
  noLabels: 'Нет.',
  addLabel: 'Добавить метку',
  editLabel: (name) => `Изменить метку ${name}`,
  removeLabel: (name) => `Убрать метку ${name}`,
  edit: 'Изменить',
  remove: 'Убрать',
  labelName: 'Название метки',
  when: 'Когда',
  condition: (n) => `Условие ${n}`,
  addCondition: 'И…',
  removeCondition: (n) => `Убрать условие ${n}`,
  takeLabel: 'Готово',
  cancel: 'Отмена',
  and: ' и ',
  percentOf: 'Процент',
  minutesOf: 'Минуты',
  timeOf: 'Время суток',
  domainOf: 'Домен',
  statusOf: 'Статус',
  conditions: {
    share_at_least: 'доля не меньше',
    share_below: 'доля меньше',
    present_at_least: 'присутствие не меньше',
    joined_after: 'вход после',
    left_before: 'выход до',
    stayed_until: 'не ушёл до',
    has_email: 'есть e-mail',
    no_email: 'нет e-mail',
    email_domain: 'e-mail домена',
    status: 'статус',
  },
  ofStatus: {
    late: 'опоздание',
    left_early: 'ранний уход',
    returned: 'возвращение',
    walk_in: 'без регистрации',
    absent: 'отсутствие',
    unidentified: 'не опознан',
    conflict: 'противоречие',
  },
  save: 'Сохранить',
  saving: 'Сохраняем…',
  saved: 'Сохранено.',
  undo: 'Отменить',
  undone: 'Отменено.',
  changedMeanwhile: {
    what: 'Эти правила успел изменить кто-то другой',
    next: 'Теперь показаны его правила, а поверх них — ваши изменения. Проверьте и сохраните ещё раз.',
  },
  unsaved: 'Ещё не сохранено',
  discard: 'Не сохранять',
}

/** The words of the sheet where the host says what 100 % is, who passes, and which labels there are. */
export function policySheetWords(language: Language): PolicySheetWords {
  return language === 'ru' ? ru : en
}

/** One condition of a label's rule as people read it: "share at least 75 %". */
export function conditionText(condition: LabelCondition, language: Language): string {
  const words = policySheetWords(language)
  const said = words.conditions[condition.kind]
  switch (condition.kind) {
    case 'share_at_least':
    case 'share_below':
      return `${said} ${minimumWords(language).percent(condition.percent)}`
    case 'present_at_least':
      return `${said} ${formatFor(language).count(condition.minutes)}${NBSP}${words.minutes}`
    case 'joined_after':
    case 'left_before':
    case 'stayed_until':
      return `${said} ${condition.clock}`
    case 'email_domain':
      return `${said} ${condition.domain}`
    case 'status':
      return `${said}: ${words.ofStatus[condition.status]}`
    case 'has_email':
    case 'no_email':
      return said
  }
}
