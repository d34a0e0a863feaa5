import type { RosterSummary } from '../wire/index.ts'
import { formatFor, type PluralForms } from './format.ts'
import type { Language } from './language.ts'

/** How registrants and whoever came add up. */
export type ExpectedCounts = NonNullable<RosterSummary['expected']>

interface ExpectedWords {
  title: string
  /** Before the parts of those who registered, and of those who came. */
  registered: (n: number) => string
  came: (n: number) => string
  parts: {
    came: (n: number) => string
    waitedOnly: (n: number) => string
    absent: (n: number) => string
    /** While the meeting runs. */
    notYet: (n: number) => string
    registered: (n: number) => string
    walkIns: (n: number) => string
  }
  byForeignLink: (n: number) => string
  twice: (n: number) => string
  pending: (n: number) => string
  denied: (n: number) => string
  cancelled: (n: number) => string
  /** In brackets after `cancelled` where some are known so and some otherwise. */
  told: (n: number) => string
  unseen: (n: number) => string
  inNone: (list: string) => string
  readAt: (day: string, time: string) => string
  neverRead: string
  staff: (n: number) => string
  /** Before the labels of those who registered and came, and of those who came without. */
  ofRegistered: (n: number) => string
  ofWalkIns: (n: number) => string
  together: (n: number) => string
  without: (n: number) => string
  several: string
  /** Of somebody's registration. */
  registration: string
  as: string
  byLinkOf: string
  byLinkSaid: string
  standing: string
  standings: Record<'approved' | 'pending' | 'denied' | 'cancelled', string>
  cancelledBy: Record<'message' | 'missing', string>
  registeredAt: string
  source: string
  noAnswers: string
  moreRegistrations: (n: number) => string
  didNotCome: string
  /** In a column of standings: they came by the link of the registrant named beside it. */
  foreignLink: string
  withoutStaff: string
}

const { count, counted, plural } = formatFor('en')

const en: ExpectedWords = {
  title: 'Registered and came',
  registered: (n) => `${count(n)} registered`,
  came: (n) => `${count(n)} came`,
  parts: {
    came: (n) => `${count(n)} came`,
    waitedOnly: (n) => `${count(n)} only waited`,
    absent: (n) => `${count(n)} did not come`,
    notYet: (n) => `${count(n)} not yet`,
    registered: (n) => `${count(n)} registered`,
    walkIns: (n) => `${count(n)} did not register`,
  },
  byForeignLink: (n) => `${count(n)} came by a link of somebody else.`,
  twice: (n) =>
    `${counted(n, { one: 'registration is a second one', other: 'registrations are second ones' })} of people who came.`,
  pending: (n) => `${count(n)} pending`,
  denied: (n) => `${count(n)} denied`,
  cancelled: (n) => `${count(n)} cancelled`,
  told: (n) => `${count(n)} told by Zoom`,
  unseen: (n) => `${count(n)} missing from a later list`,
  inNone: (list) => `In none of these lists: ${list}.`,
  readAt: (day, time) => `Zoom’s list as read on ${day} at ${time}.`,
  neverRead: 'Known from Zoom’s messages alone; its list has not been read.',
  staff: (n) => `Host and panelists (${count(n)}) in list and export`,
  ofRegistered: (n) => `Of ${count(n)} registered:`,
  ofWalkIns: (n) => `Of ${count(n)} not registered:`,
  together: (n) => `together ${count(n)}`,
  without: (n) => `${count(n)} with no label`,
  several: 'some have several labels',
  registration: 'Registration',
  as: 'Registered as',
  byLinkOf: 'By the link of',
  byLinkSaid: 'Several people came by this link. Whoever shares no name with it did not register.',
  standing: 'Standing',
  standings: { approved: 'Approved', pending: 'Pending', denied: 'Denied', cancelled: 'Cancelled' },
  cancelledBy: { message: 'as Zoom told', missing: 'missing from a later list' },
  registeredAt: 'Registered on',
  source: 'Came from',
  noAnswers: 'Answered no questions.',
  moreRegistrations: (n) =>
    `and ${count(n)} more ${plural(n, { one: 'registration', other: 'registrations' })}`,
  didNotCome: 'Registered and did not come.',
  foreignLink: 'link of somebody else',
  withoutStaff: 'without host and panelists',
}

const inRussian = formatFor('ru')
const peopleRu: PluralForms = { one: 'человек', few: 'человека', other: 'человек' }
const cameRu: PluralForms = { one: 'пришёл', other: 'пришли' }
const ruCount = inRussian.count

const ru: ExpectedWords = {
  title: 'Записались и пришли',
  registered: (n) =>
    `${inRussian.counted(n, peopleRu)} ${inRussian.plural(n, { one: 'записался', other: 'записались' })}`,
  came: (n) => `${inRussian.counted(n, peopleRu)} ${inRussian.plural(n, cameRu)}`,
  parts: {
    came: (n) => inRussian.counted(n, cameRu),
    waitedOnly: (n) => inRussian.counted(n, { one: 'только ждал', other: 'только ждали' }),
    absent: (n) => inRussian.counted(n, { one: 'не пришёл', other: 'не пришли' }),
    notYet: (n) => `${ruCount(n)} ещё нет`,
    registered: (n) => `${ruCount(n)} по записи`,
    walkIns: (n) => `${ruCount(n)} без записи`,
  },
  byForeignLink: (n) => `${inRussian.counted(n, cameRu)} по чужой ссылке.`,
  twice: (n) =>
    `${inRussian.counted(n, { one: 'запись повторная', few: 'записи повторные', other: 'записей повторные' })}: человек пришёл один раз.`,
  pending: (n) => inRussian.counted(n, { one: 'ждёт решения', other: 'ждут решения' }),
  denied: (n) => inRussian.counted(n, { one: 'отклонён', other: 'отклонены' }),
  cancelled: (n) => inRussian.counted(n, { one: 'отменил запись', other: 'отменили запись' }),
  told: (n) => `${ruCount(n)} — сообщил Zoom`,
  unseen: (n) => `${ruCount(n)} — пропали из списка`,
  inNone: (list) => `Ни в одном из списков: ${list}.`,
  readAt: (day, time) => `Список Zoom прочитан ${day} в ${time}.`,
  neverRead: 'Известно только из сообщений Zoom; его список не прочитан.',
  staff: (n) => `Организатор и панелисты (${ruCount(n)}) в списке и экспорте`,
  ofRegistered: (n) => `Из ${ruCount(n)} по записи:`,
  ofWalkIns: (n) => `Из ${ruCount(n)} без записи:`,
  together: (n) => `всего ${ruCount(n)}`,
  without: (n) => `${ruCount(n)} без метки`,
  several: 'у некоторых меток несколько',
  registration: 'Запись',
  as: 'По записи',
  byLinkOf: 'По ссылке',
  byLinkSaid: 'По этой ссылке пришли несколько человек. Чьё имя с ней не сходится, тот не записывался.',
  standing: 'Состояние',
  standings: {
    approved: 'Одобрена',
    pending: 'Ждёт решения',
    denied: 'Отклонена',
    cancelled: 'Отменена',
  },
  cancelledBy: { message: 'сообщил Zoom', missing: 'нет в более позднем списке' },
  registeredAt: 'Когда',
  source: 'Откуда',
  noAnswers: 'На вопросы нет ответов.',
  moreRegistrations: (n) =>
    `и ещё ${inRussian.counted(n, { one: 'запись', few: 'записи', other: 'записей' })}`,
  didNotCome: 'Есть запись, но человек не пришёл.',
  foreignLink: 'по чужой ссылке',
  withoutStaff: 'без организатора и панелистов',
}

/** The words about who registered and who of them came. */
export function expectedWords(language: Language): ExpectedWords {
  return language === 'ru' ? ru : en
}

/** Who is in none of the lists, and how the cancelled are known; null where there is nobody. */
export function inNoneSentence(sums: ExpectedCounts, language: Language): string | null {
  const said = expectedWords(language)
  const { pending, denied, cancelled, cancelledUnseen } = sums
  const told = cancelled - cancelledUnseen
  const how =
    cancelledUnseen === 0
      ? said.cancelledBy.message
      : told === 0
        ? said.cancelledBy.missing
        : `${said.told(told)}, ${said.unseen(cancelledUnseen)}`
  const parts = [
    pending > 0 ? said.pending(pending) : '',
    denied > 0 ? said.denied(denied) : '',
    cancelled > 0 ? `${said.cancelled(cancelled)} (${how})` : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? null : said.inNone(parts.join(', '))
}

/** When Zoom's list was read, on the reader's clock. */
export function readSentence({ readAt }: ExpectedCounts, language: Language): string {
  const said = expectedWords(language)
  const { day, time } = formatFor(language)
  return readAt === null ? said.neverRead : said.readAt(day(Date.parse(readAt)), time(Date.parse(readAt)))
}

/** Both sums as one text, for whoever does not see the picture. */
export function sumsSentence(sums: ExpectedCounts, over: boolean, language: Language): string {
  const said = expectedWords(language)
  const { approved, came, waitedOnly, absent, registered, walkIns } = sums
  const ofList = [
    said.parts.came(came),
    waitedOnly > 0 ? said.parts.waitedOnly(waitedOnly) : '',
    over ? said.parts.absent(absent) : said.parts.notYet(absent),
  ].filter((part) => part !== '')
  const ofPeople = [said.parts.registered(registered), said.parts.walkIns(walkIns)]
  return `${said.registered(approved)}: ${ofList.join(', ')}. ${said.came(registered + walkIns)}: ${ofPeople.join(', ')}.`
}
