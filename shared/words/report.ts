import type { ReportGap, ReportReason, ReportSource, ReportStatus } from '../wire/report.ts'
import { formatFor, type Format, type PluralForms } from './format.ts'
import type { Language } from './language.ts'
import { lackOf, type Lack } from './report-lack.ts'

/**
 * What stands above a list whose meeting is over. `badge` is short enough for a line of the history; `why` and `next` are
 * '' when there is nothing to say. `todo`: only a person can change it, and `next` says how.
 */
export interface ReportSentence {
  badge: string
  what: string
  why: string
  next: string
  todo: boolean
}

/** Why, and what somebody can do about it; an empty second part means that waiting is enough. */
type Reason = readonly [why: string, todo: string]

interface ReportWords {
  badges: Record<'provisional' | 'final' | 'gaps' | 'unavailable', string>
  provisional: string
  final: (when: string) => string
  gaps: (when: string) => string
  unavailable: Record<Lack, string>
  nextTry: (when: string) => string
  /** Less than a minute from now. */
  nextTrySoon: string
  /** Follows what cannot be had: what is there all the same. */
  liveStays: string
  counts: string
  /** What the list lacks that counts. */
  sources: Record<ReportSource, string>
  reasons: Record<Exclude<ReportReason, 'refused'>, Reason>
  refused: (code: string) => Reason
  gapOf: Record<ReportGap['code'], (n: number) => string>
}

const { counted } = formatFor('en')
const people: PluralForms = { one: 'person', other: 'people' }

const en: ReportWords = {
  badges: { provisional: 'Provisional', final: 'Final', gaps: 'Final, with gaps', unavailable: 'No report' },
  provisional: 'Provisional, from live events',
  final: (when) => `Final: Zoom’s report of ${when}`,
  gaps: (when) => `Final, with gaps: Zoom’s report of ${when}`,
  unavailable: {
    none: 'Zoom has no report of this meeting',
    withheld: 'Zoom does not give its report of this meeting',
    unusable: 'Zoom’s report of this meeting cannot be used',
    unreached: 'Zoom’s report could not be fetched',
    consent: 'Zoom’s report waits for a new consent',
    panels: 'Recorded by open panels alone',
    files: 'Known from an imported file alone',
    ours: 'Zoom’s report was not taken in',
  },
  nextTry: (when) => `Next try at ${when}.`,
  nextTrySoon: 'Next try in a moment.',
  liveStays: 'What was recorded live stays.',
  counts: 'It decides who came and for how long.',
  sources: { report: '', past: 'It is the list hosts may read, which knows no breakout rooms.' },
  reasons: {
    not_ready: ['Zoom’s report is not ready.', ''],
    incomplete: ['Zoom’s report came with rows missing, so it was not used.', ''],
    confirming: ['Zoom’s report has come. It is read once more before it counts.', ''],
    zero_durations: ['Zoom is still counting the minutes of some people.', ''],
    seen_live_missing: ['Somebody seen live is not in Zoom’s report yet.', ''],
    shrank: ['Zoom’s newest report is shorter than the one before, which stays until this is confirmed.', ''],
    foreign_rows: ['Zoom answered with the list of another meeting, so it was not used.', ''],
    unreadable: ['No time in Zoom’s report can be read, so it was not used.', ''],
    rate_limited: ['Zoom’s limit of requests is used up; all apps of your account share it.', ''],
    zoom_unavailable: ['Zoom does not answer.', ''],
    reconnect: ['Zoom no longer lets Rollbook in.', 'Connect again in Settings.'],
    plan_missing: [
      'The plan of this Zoom account has no reports.',
      'With a paid plan they come; then try again.',
    ],
    not_accessible: [
      'Zoom says that this meeting belongs to another user.',
      'Ask its host to add Rollbook; it then records their next meeting.',
    ],
    host_gone: [
      'The host has left the Zoom account.',
      'An administrator of the account may still find the report in Zoom’s portal.',
    ],
    too_old: ['The meeting is older than what Zoom keeps.', 'There is nothing to try again.'],
    no_registration: [
      'Zoom makes this list only for webinars with registration.',
      'Switch registration on for the next one.',
    ],
    hosting_not_allowed: [
      'This Zoom user is not allowed to host or schedule.',
      'Ask an administrator of the account to allow it, then try again.',
    ],
    not_permitted: [
      'Zoom does not let you see meetings of this host or group.',
      'Ask an administrator of the account for the right, then try again.',
    ],
    event_gone: ['The event was deleted in Zoom.', 'There is nothing to try again.'],
    never_came: ['Zoom made no report within a day.', 'Try once more, or go on with the live list.'],
    one_person: [
      'Only one person was there, and Zoom makes no report of such meetings.',
      'A setting of the Zoom account can change that for the next one.',
    ],
    panel_only: [
      'The host has not added Rollbook, so Zoom’s report cannot be asked for.',
      'Ask the host to add it before the next meeting.',
    ],
    imported: [
      'Rollbook did not record this meeting.',
      'Import another export of it, and both count as one.',
    ],
    our_failure: [
      'Rollbook itself failed to take in Zoom’s report.',
      'Try again; if it lasts, tell whoever runs Rollbook.',
    ],
  },
  refused: (code) => [
    code === '' ? 'Zoom refused to give the report.' : `Zoom refused to give the report (code ${code}).`,
    'Try again; if it lasts, give this code to whoever runs Rollbook.',
  ],
  gapOf: {
    zero_durations: (n) => `${counted(n, { one: 'row', other: 'rows' })} without minutes.`,
    seen_live_missing: (n) => `${counted(n, people)} seen live but not in the report.`,
    never_confirmed: () => 'The report was never confirmed by a second reading.',
    shrank: (n) =>
      `A later report lacked ${counted(n, { one: 'row', other: 'rows' })}; the fuller one counts.`,
    unreadable_rows: (n) =>
      `${counted(n, { one: 'row', other: 'rows' })} left out: unreadable or impossible times.`,
    corrected_times: (n) =>
      `${counted(n, { one: 'row', other: 'rows' })} with impossible times, cut to those of the meeting.`,
    many_unseen: (n) => `${counted(n, people)} only in the report; nobody saw them live.`,
  },
}

const russian = formatFor('ru')
const rowsRu: PluralForms = { one: 'строка', few: 'строки', other: 'строк' }
const peopleRu: PluralForms = { one: 'человек', few: 'человека', other: 'человек' }

const ru: ReportWords = {
  badges: {
    provisional: 'Предварительно',
    final: 'Итог',
    gaps: 'Итог с пробелами',
    unavailable: 'Нет отчёта',
  },
  provisional: 'Предварительно, по живым событиям',
  final: (when) => `Итог: отчёт Zoom, ${when}`,
  gaps: (when) => `Итог с пробелами: отчёт Zoom, ${when}`,
  unavailable: {
    none: 'У Zoom нет отчёта об этой встрече',
    withheld: 'Zoom не даёт отчёт об этой встрече',
    unusable: 'Отчёт Zoom об этой встрече не годится',
    unreached: 'Отчёт Zoom не удалось получить',
    consent: 'Отчёт Zoom ждёт нового согласия',
    panels: 'Записано только открытыми панелями',
    files: 'Известна только из загруженного файла',
    ours: 'Отчёт Zoom не обработан',
  },
  nextTry: (when) => `Следующая попытка: ${when}.`,
  nextTrySoon: 'Следующая попытка с минуты на минуту.',
  liveStays: 'Записанное вживую остаётся.',
  counts: 'По нему решается, кто был и сколько.',
  sources: { report: '', past: 'Это список, доступный организаторам: сессионных залов в нём нет.' },
  reasons: {
    not_ready: ['Отчёт Zoom ещё не готов.', ''],
    incomplete: ['В отчёте Zoom не хватает строк, поэтому он не учтён.', ''],
    confirming: ['Отчёт Zoom пришёл. Прежде чем он вступит в силу, мы прочитаем его ещё раз.', ''],
    zero_durations: ['Zoom ещё считает минуты некоторых людей.', ''],
    seen_live_missing: ['В отчёте Zoom пока нет кого-то, кто был вживую.', ''],
    shrank: ['Новый отчёт Zoom короче прежнего; прежний действует, пока это не подтвердится.', ''],
    foreign_rows: ['Zoom прислал список другой встречи, он не учтён.', ''],
    unreadable: ['В отчёте Zoom не читается время ни одной строки, он не учтён.', ''],
    rate_limited: ['Исчерпан лимит запросов к Zoom: он общий для всех приложений аккаунта.', ''],
    zoom_unavailable: ['Zoom не отвечает.', ''],
    reconnect: ['Zoom больше не пускает Rollbook.', 'Подключите его снова в настройках.'],
    plan_missing: [
      'В тарифе этого аккаунта Zoom нет отчётов.',
      'На платном тарифе они есть; тогда спросите ещё раз.',
    ],
    not_accessible: [
      'Zoom говорит, что это встреча другого пользователя.',
      'Попросите организатора добавить Rollbook: следующая встреча запишется у него.',
    ],
    host_gone: [
      'Организатор покинул аккаунт Zoom.',
      'Администратор аккаунта, возможно, найдёт отчёт на портале Zoom.',
    ],
    too_old: ['Встреча старше, чем хранит Zoom.', 'Пробовать снова незачем.'],
    no_registration: [
      'Такой список Zoom делает только для вебинаров с регистрацией.',
      'Включите регистрацию для следующего вебинара.',
    ],
    hosting_not_allowed: [
      'Этому пользователю Zoom не разрешено проводить или планировать встречи.',
      'Попросите администратора аккаунта разрешить и спросите ещё раз.',
    ],
    not_permitted: [
      'Zoom не показывает вам встречи этого организатора или группы.',
      'Попросите права у администратора аккаунта и спросите ещё раз.',
    ],
    event_gone: ['Мероприятие удалено в Zoom.', 'Пробовать снова незачем.'],
    never_came: ['За сутки Zoom не сделал отчёта.', 'Спросите ещё раз или пользуйтесь живым списком.'],
    one_person: [
      'Был только один человек, а о таких встречах Zoom отчёта не делает.',
      'На будущее это меняет настройка аккаунта Zoom.',
    ],
    panel_only: [
      'Организатор не добавил Rollbook, поэтому отчёт Zoom получить нельзя.',
      'Попросите его добавить Rollbook до следующей встречи.',
    ],
    imported: [
      'Rollbook не записывал эту встречу.',
      'Загрузите и другую её выгрузку: вместе они считаются одной.',
    ],
    our_failure: [
      'Сам Rollbook не смог обработать отчёт Zoom.',
      'Спросите ещё раз; если не поможет, скажите тому, кто отвечает за Rollbook.',
    ],
  },
  refused: (code) => [
    code === '' ? 'Zoom отказался дать отчёт.' : `Zoom отказался дать отчёт (код ${code}).`,
    'Спросите ещё раз; если не поможет, передайте код тому, кто отвечает за Rollbook.',
  ],
  gapOf: {
    zero_durations: (n) => `Без минут: ${russian.counted(n, rowsRu)}.`,
    seen_live_missing: (n) => `Были вживую, но нет в отчёте: ${russian.counted(n, peopleRu)}.`,
    never_confirmed: () => 'Второе чтение отчёта так и не подтвердило первое.',
    shrank: (n) =>
      `В более позднем отчёте не хватало: ${russian.counted(n, rowsRu)}; действует более полный.`,
    unreadable_rows: (n) => `Не учтены, время нечитаемо или невозможно: ${russian.counted(n, rowsRu)}.`,
    corrected_times: (n) => `Невозможное время обрезано по времени встречи: ${russian.counted(n, rowsRu)}.`,
    many_unseen: (n) => `Только в отчёте, вживую их никто не видел: ${russian.counted(n, peopleRu)}.`,
  },
}

/** How far the list is from final, as four kinds every screen tells apart; null when there is nothing to tell. */
export function reportKind(status: ReportStatus): keyof ReportWords['badges'] | null {
  switch (status.state) {
    case 'none':
      return status.reason === null ? null : 'unavailable'
    case 'waiting':
    case 'partial':
      return 'provisional'
    case 'final':
      return 'final'
    case 'final_with_gaps':
      return 'gaps'
    case 'unavailable':
      return 'unavailable'
  }
}

/** The report's standing in words: what it is, why, and what comes or can be done next; null when there is nothing to say. */
export function reportSentence(
  status: ReportStatus,
  language: Language,
  format: Format,
  nowMs: number,
): ReportSentence | null {
  const kind = reportKind(status)
  if (kind === null) return null
  const words = language === 'ru' ? ru : en
  const [why, todo] = reasonOf(status, words)
  const lacks = status.source === null ? '' : words.sources[status.source]
  const planned = status.nextTryAt === null ? '' : nextTryOf(status.nextTryAt, words, format, nowMs)
  const said = { badge: words.badges[kind], todo: todo !== '' && kind !== 'final' }
  switch (kind) {
    case 'provisional':
      return { ...said, what: words.provisional, why, next: join(todo, planned) }
    case 'unavailable':
      return {
        ...said,
        what: words.unavailable[status.reason === null ? 'none' : lackOf[status.reason]],
        why,
        next: join(words.liveStays, todo, planned),
      }
    case 'final':
      return {
        ...said,
        what: words.final(readAt(status, format, nowMs)),
        why: join(words.counts, lacks),
        next: '',
      }
    case 'gaps': {
      const gaps = status.gaps.map(({ code, count }) => words.gapOf[code](count))
      return {
        ...said,
        what: words.gaps(readAt(status, format, nowMs)),
        why: join(why, ...gaps, lacks),
        next: join(todo, planned),
      }
    }
  }
}

function reasonOf(status: ReportStatus, words: ReportWords): Reason {
  if (status.reason === null) return ['', '']
  if (status.reason === 'refused') return words.refused(status.zoomCode ?? '')
  const [why, todo] = words.reasons[status.reason]
  // While we try again by ourselves, nobody else needs to.
  return status.reason === 'our_failure' && status.nextTryAt !== null ? [why, ''] : [why, todo]
}

/** From here on a time of day would only make somebody look at the clock. Milliseconds. */
export const SOON_MS = 60_000

const nextTryOf = (instant: string, words: ReportWords, format: Format, nowMs: number): string =>
  Date.parse(instant) - nowMs < SOON_MS ? words.nextTrySoon : words.nextTry(moment(instant, format, nowMs))

const readAt = (status: ReportStatus, format: Format, nowMs: number): string =>
  status.fetchedAt === null ? '–' : moment(status.fetchedAt, format, nowMs)

/** The time alone today, the day with it on any other. */
function moment(instant: string, format: Format, nowMs: number): string {
  const atMs = Date.parse(instant)
  const time = format.time(atMs)
  return format.day(atMs) === format.day(nowMs) ? time : `${format.day(atMs)}, ${time}`
}

const join = (...parts: string[]): string => parts.filter((part) => part !== '').join(' ')
