/**
 * Text that is no list of Zoom's participants, told by what only its own kind has: reports of other programs, and Zoom's
 * other files. Whatever is not surely one of them is left to the layouts.
 */
import type { Separator } from './portal-file.ts'
import { createRecords } from './records.ts'
import type { RefusalCode } from './warnings.ts'

/** So much of a file's beginning says what it is. */
const MOST_RECORDS = 60
const MOST_CHARACTERS = 16_384

/** What a text is when it is none of ours, from its beginning; null when it may be a list of participants. */
export function foreignText(start: string, separator: Separator): RefusalCode | null {
  const text = start.slice(0, MOST_CHARACTERS)
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  return subtitles(text, lines) ?? chat(lines) ?? report(recordsOf(text, separator))
}

/** WebVTT (https://www.w3.org/TR/webvtt1/#file-structure), and the older form without its first line. */
function subtitles(text: string, lines: string[]): RefusalCode | null {
  if (/^\s*WEBVTT(?:\s|$)/.test(text)) return 'transcript'
  const cue = /^\s*(?:\d+:)?\d\d:\d\d[.,]\d{3}\s*-->\s*(?:\d+:)?\d\d:\d\d[.,]\d{3}/
  return lines.slice(0, 10).some((line) => cue.test(line)) ? 'transcript' : null
}

/** "18:04:11 From Anna to Everyone: hello", in any language: a time of day, white space, words, a colon. */
const SPOKEN =
  /^(?:\d{4}-\d\d-\d\d )?\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?[\t ]+[^\s,;\d][^,;]{0,200}?[:\uff1a]/iu
/** "[00:12:03] Anna: hello" and "Anna 18:04", as transcripts saved as text look. */
const SAID = /^\[?\d{1,2}:\d\d:\d\d\]?[\t ]+\S.{0,200}?[:\uff1a]|^\[[^\]]{1,80}\] \d{1,2}:\d\d(?::\d\d)?$/u

function chat(lines: string[]): RefusalCode | null {
  const first = lines.slice(0, MOST_RECORDS)
  // A message may have several lines, and the last one is cut.
  const enough = Math.max(1, first.length / 4)
  const [opening = ''] = first
  if (!SPOKEN.test(opening) && !SAID.test(opening)) return null
  const spoken = first.filter((line) => SPOKEN.test(line)).length
  if (spoken >= enough) return 'chat_log'
  return first.filter((line) => SAID.test(line)).length >= enough ? 'transcript' : null
}

function report(records: string[][]): RefusalCode | null {
  for (const cells of records) {
    const names = cells.map((cell) => cell.trim().toLowerCase()).filter((cell) => cell !== '')
    const found = names.length === 1 ? byTitle(names[0] ?? '') : byNames(names)
    if (found !== null) return found
  }
  return null
}

/** A title alone in its line. Longer ones are somebody's text. */
function byTitle(title: string): RefusalCode | null {
  if (title.length > 80) return null
  // Microsoft numbers the parts of its report.
  if (/^[12]\. \p{L}/u.test(title)) return 'teams_report'
  if (/^session detail for /.test(title)) return 'webex_report'
  // Attendance lists that extensions save of Google Meet begin with the meeting's code.
  if (/^\*? ?meeting code: ?[a-z]{3}-[a-z]{4}-[a-z]{3}$/.test(title)) return 'meet_report'
  if (
    !/report|informe|reporte|relat[oó]rio|rapport|bericht|отч[её]т|レポート|报告|報告|보고서|raport|rapor/u.test(
      title,
    )
  )
    return null
  if (
    /q ?& ?a|question and answer|preguntas|perguntas|questions et r|fragen und|вопрос|質問|问答|問答|질문|domande|pytania|soru/u.test(
      title,
    )
  )
    return 'qa_report'
  if (
    /\bpoll|encuesta|sondeo|enquete|sondage|sondagg|umfrage|опрос|голосован|投票|アンケート|설문|anket|ankiet/u.test(
      title,
    )
  )
    return 'poll_report'
  if (/survey|satisfac|анкет|调查|調查|조사/u.test(title)) return 'survey_report'
  return null
}

const USER_ACTION =
  /^(?:benutzeraktion|acci[oó]n (?:del|de) usuario|aç[aã]o do (?:usuário|utilizador)|action de l.utilisateur|azione (?:dell.)?utente|действи[ея] пользователя|ユーザー ?(?:の)?(?:アクション|操作)|사용자 (?:작업|동작)|用户操作|使用者動作|gebruikersactie|akcja użytkownika)$/u

/** Column names, or a pair of a name and a value, that only one program writes. */
function byNames(names: string[]): RefusalCode | null {
  const has = (...wanted: string[]): boolean => wanted.every((name) => names.includes(name))
  const says = (pattern: RegExp): boolean => names.some((name) => pattern.test(name))

  // https://support.microsoft.com/office/manage-meeting-attendance-reports-in-microsoft-teams
  if (says(/\(upn\)$/) || has('user action', 'timestamp') || has('first join', 'last leave'))
    return 'teams_report'
  // Its older lists: name, action, time. In three columns nobody else has an action of users.
  if (names.length === 3 && says(USER_ACTION)) return 'teams_report'
  if (has('total number of participants') || says(/^in-meeting duration$/)) return 'teams_report'
  // https://support.google.com/meet/answer/10090454
  if (has('first seen at', 'time in call')) return 'meet_report'
  if (has('time joined', 'time exited') || has('meeting code', 'participant identifier')) return 'meet_report'
  if (says(/^meeting code:?$|^[a-z]{3}-[a-z]{4}-[a-z]{3}$/) && names.length < 4) return 'meet_report'
  // https://help.webex.com/article/nul0wut
  if (
    says(/^attendance duration\b/) &&
    says(/^(?:attendee email|connection type|meeting name|session name)$/)
  )
    return 'webex_report'
  if (has('audio type', 'participant') || has('attention to duration ratio')) return 'webex_report'

  if (has('question', 'asker name') || has('asker email') || says(/^answer\(s\)$/)) return 'qa_report'
  if (says(/^submitted date\/time$|^submission time$/) && says(/^#$|^question|name/)) return 'poll_report'
  if (says(/^# ?questions?$/) && says(/\bid$/)) return 'poll_report'
  return null
}

function recordsOf(text: string, separator: Separator): string[][] {
  const records: string[][] = []
  const reader = createRecords({
    separator,
    onRecord: (cells) => {
      if (records.length < MOST_RECORDS) records.push(cells)
    },
    onWarning: () => undefined,
  })
  reader.push(text)
  reader.end()
  return records
}
