/** Lines of a webinar report that stand alone: its title and its sections; and the mark behind a host's name. */
import type { Role } from '../attendance/index.ts'
import { fold } from './header-words.ts'
import type { Section } from './portal-file.ts'

/** What a section's heading says; the words of all languages, folded as headers are. */
const SECTION_WORDS: [Section, RegExp][] = [
  [
    'other',
    /\b(other|otros?|otras?|outros?|autres?|altri|altro|andere|sonstige|inn[ei]|diger)\b|други[ех]|прочи[ех]|иные|その他|기타|其他|其它/,
  ],
  [
    'panelist',
    /panel|diskussions|панелист|докладчик|ponente|palestrant|relator|intervenant|パネリスト|패널|小组成员|專題討論小組|嘉宾|座談/,
  ],
  [
    'host',
    /\bhosts?\b|anfitri|organi[zs]a[dt]or|organizzator|\bhote\b|ospitante|moderador|animat(?:eur|rice)|gastgeber|veranstalter|gospodar|sahibi|организатор|ホスト|호스트|主持人|主催者/,
  ],
  [
    'attendee',
    /attendee|participant|participante|asistente|espectador|partecipant|teilnehm|deelnemer|uczestni|katilimci|deltagar|участник|слушател|зрител|出席者|参加者|視聴者|참석자|참가자|参会者|与会者|與會者|參與者|观众/,
  ],
]

/** Words that make a heading of it: "Attendee Details", "Detalles del asistente", "참석자 세부 정보". */
const DETAILS =
  /detail|detall|detalhe|dettagl|einzelheit|angaben|informa|сведени|подробн|информаци|данные|詳細|详细|详情|詳情|情報|信息|資訊|정보|세부|attended|asistieron|participaram|ont participe|teilgenommen|szczegol|ayrinti|gegevens/

/** Longer lines are no headings. */
const LONGEST = 80

const plainHeading = (text: string): string =>
  fold(text)
    .replace(/[\p{Cf}\s]+/gu, ' ')
    .replace(/[\s:,;]+$/, '')
    .trim()

/**
 * The section a heading opens ("Host Details", "Panelist Details", "Attendee Details", "Other Attended", in other languages
 * too); null for anything else, titles ("Attendee Report") included. Ask it only of lines with one cell.
 */
export function sectionOf(text: string): Section | null {
  if (text.length > LONGEST) return null
  const plain = plainHeading(text)
  const said = SECTION_WORDS.filter(([, words]) => words.test(plain)).map(([section]) => section)
  // "Other participants" is a heading without any word for details.
  return DETAILS.test(plain) || (said.includes('other') && said.includes('attendee'))
    ? (said[0] ?? null)
    : null
}

const REPORT = /report|informe|reporte|relatorio|rapport|bericht|отчет|レポート|報告|报告|보고서|rapor|raport/

/** A line that is the title of an attendee report, or says when it was made: it carries nothing of anybody. */
export function isReportTitle(text: string): boolean {
  if (text.length > LONGEST) return false
  const plain = plainHeading(text)
  return REPORT.test(plain) && sectionOf(text) === null
}

const marksIn = (words: string): ReadonlySet<string> => new Set(words.split(',').map(plainHeading))

const HOST_MARKS = marksIn(
  'host,anfitrion,anfitriona,organizador,organizadora,anfitriao,anfitria,hote,animateur,organisateur,organizzatore,ospitante,' +
    'gastgeber,gastgeberin,host/in,организатор,호스트,ホスト,主持人,主办人,gospodarz,toplanti sahibi,vard,主催者,prowadzacy,' +
    'ведущий,ведущая,хост,ведучий,ведуча,організатор,主辦人,主办者,tuan rumah,penyelenggara,chu tri,nguoi chu tri,المضيف,مضيف,מארח,מארחת',
)
const COHOST_MARKS = marksIn(
  'co-host,cohost,coanfitrion,co-anfitrion,coanfitriao,co-anfitriao,coorganizador,co-hote,co-animateur,coanimateur,' +
    'coorganizzatore,co-organizzatore,co-ospitante,co-gastgeber,cogastgeber,соорганизатор,со-организатор,공동 호스트,공동호스트,共同ホスト,联席主持人,聯席主持人,' +
    'wspolgospodarz,wspolprowadzacy,ortak toplanti sahibi,соведущий,соведущая,со-ведущий,со-ведущая,сохост,со-хост,' +
    'співорганізатор,співведучий,共同主持人,共同主催者,mitgastgeber,mitgastgeberin,medehost,medvard,المضيف المشارك,مضيف مشارك,מארח משותף',
)
const PANELIST_MARKS = marksIn(
  'panelist,panelista,paneliste,diskussionsteilnehmer,докладчик,панелист,패널,패널리스트,パネリスト',
)

/** "Me", as a client writes it behind one's own name. Alone only where it is nobody's name; the others stand beside a role. */
const ME_MARKS = marksIn('me,moi,ich,自分,我')
const ME_BESIDE_ROLE = marksIn('yo,eu,io,я,나,ja,ik,ben,jag,saya,toi,אני,أنا,انا')

/**
 * Takes "(Host)", "(Co-host)", "(Host, me)" and their like, in any of our languages, from the very end of a name; `role` is null
 * when there is none, also behind "(Me)", which is taken off, too. A name that is nothing but the mark stays as it is.
 */
export function stripHostMark(name: string): { name: string; role: Role | null } {
  const last = name.charCodeAt(name.length - 1)
  // Nearly no name ends with a bracket.
  if (last !== 0x29 && last !== 0xff09 && last !== 0x20) return { name, role: null }
  const trimmed = name.trimEnd()
  const open = Math.max(trimmed.lastIndexOf('('), trimmed.lastIndexOf('\uff08'))
  if (open < 1 || !/[)\uff09]$/.test(trimmed) || trimmed.length - open > 40) return { name, role: null }
  const bare = trimmed.slice(0, open).trimEnd()
  if (bare === '') return { name, role: null }
  const marks = trimmed
    .slice(open + 1, -1)
    .split(/[,\u060c\u3001\uff0c]/)
    .map(plainHeading)
  const roles = marks.map(roleOf).filter((role) => role !== null)
  const isKnown = (mark: string): boolean =>
    roleOf(mark) !== null || ME_MARKS.has(mark) || (roles.length > 0 && ME_BESIDE_ROLE.has(mark))
  if (!marks.every(isKnown)) return { name, role: null }
  return { name: bare, role: HIGHEST_FIRST.find((role) => roles.includes(role)) ?? null }
}

const HIGHEST_FIRST: Role[] = ['host', 'cohost', 'panelist']

const roleOf = (mark: string): Role | null =>
  HOST_MARKS.has(mark)
    ? 'host'
    : COHOST_MARKS.has(mark)
      ? 'cohost'
      : PANELIST_MARKS.has(mark)
        ? 'panelist'
        : null
