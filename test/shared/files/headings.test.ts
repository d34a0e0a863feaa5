import { describe, expect, it } from 'vitest'
import { isReportTitle, sectionOf, stripHostMark } from '../../../shared/files/index.ts'

describe('sections of a webinar report are found by their headings', () => {
  it.each([
    ['Host Details', 'host'],
    ['Panelist Details', 'panelist'],
    ['Attendee Details', 'attendee'],
    ['Other Attended', 'other'],
    ['attendee details:', 'attendee'],
    ['Detalles del anfitrión', 'host'],
    ['Detalles del panelista', 'panelist'],
    ['Detalles del asistente', 'attendee'],
    ['Otros asistieron', 'other'],
    ['Detalhes do anfitrião', 'host'],
    ['Detalhes do palestrante', 'panelist'],
    ['Detalhes do participante', 'attendee'],
    ['Détails sur l’hôte', 'host'],
    ['Détails du panéliste', 'panelist'],
    ['Détails du participant', 'attendee'],
    ['Détails de l’animateur', 'host'],
    ['Détails des intervenants', 'panelist'],
    ['Dettagli organizzatore', 'host'],
    ['Dettagli ospitante', 'host'],
    ['Dettagli panelist', 'panelist'],
    ['Dettagli partecipante', 'attendee'],
    ['Host-Details', 'host'],
    ['Diskussionsteilnehmer-Details', 'panelist'],
    ['Teilnehmerdetails', 'attendee'],
    ['Сведения об организаторе', 'host'],
    ['Сведения о докладчиках', 'panelist'],
    ['Сведения об участниках', 'attendee'],
    ['호스트 세부 정보', 'host'],
    ['패널 세부 정보', 'panelist'],
    ['참석자 세부 정보', 'attendee'],
    ['ホストの詳細', 'host'],
    ['パネリストの詳細', 'panelist'],
    ['出席者の詳細', 'attendee'],
    ['主持人详情', 'host'],
    ['Szczegóły gospodarza', 'host'],
    ['Szczegóły uczestnika', 'attendee'],
    ['Gegevens deelnemer', 'attendee'],
    ['Katılımcı Ayrıntıları', 'attendee'],
    ['与会者详情', 'attendee'],
  ])('%s opens the section %s', (heading, section) => {
    expect(sectionOf(heading)).toBe(section)
  })

  it.each([
    'Attendee Report',
    'Report Generated:',
    'Anna',
    'Host',
    'Topic',
    '',
    'x'.repeat(10_000),
    'Details',
  ])('%s opens none', (line) => {
    expect(sectionOf(line)).toBeNull()
  })

  it.each([
    'Attendee Report',
    'Report Generated:',
    'Report generated time',
    'Informe de asistentes',
    'Отчет об участниках',
  ])('%s is a title, not a section nobody knows', (line) => {
    expect(isReportTitle(line)).toBe(true)
  })

  it.each(['Attendee Details', 'Anna', ''])('%j is no title', (line) => {
    expect(isReportTitle(line)).toBe(false)
  })
})

describe('the mark behind a name says the role and is no part of the name', () => {
  it.each([
    ['Isuru Walpola (Host)', 'Isuru Walpola', 'host'],
    ['Anna (host) ', 'Anna', 'host'],
    ['Anna (Co-host)', 'Anna', 'cohost'],
    ['Anna (Cohost)', 'Anna', 'cohost'],
    ['Ana (Anfitrión)', 'Ana', 'host'],
    ['Ana (Coanfitrión)', 'Ana', 'cohost'],
    ['Ana (Anfitrião)', 'Ana', 'host'],
    ['Anne (Hôte)', 'Anne', 'host'],
    ['Anna (Organizzatore)', 'Anna', 'host'],
    ['Anna (Gastgeber)', 'Anna', 'host'],
    ['Анна (Организатор)', 'Анна', 'host'],
    ['Анна (Соорганизатор)', 'Анна', 'cohost'],
    ['안나(호스트)', '안나', 'host'],
    ['안나 (공동 호스트)', '안나', 'cohost'],
    ['アンナ（ホスト）', 'アンナ', 'host'],
    ['アンナ (共同ホスト)', 'アンナ', 'cohost'],
    ['安娜（主持人）', '安娜', 'host'],
    ['Anna (Panelist)', 'Anna', 'panelist'],
    ['Анна (Ведущий)', 'Анна', 'host'],
    ['Анна (Хост, я)', 'Анна', 'host'],
    ['Анна (Соведущий)', 'Анна', 'cohost'],
    ['Anna (Host, me)', 'Anna', 'host'],
    ['Anna (Me, Co-host)', 'Anna', 'cohost'],
    ['Ana (Anfitrión, yo)', 'Ana', 'host'],
    ['アンナ（ホスト、自分）', 'アンナ', 'host'],
    ['منى (المضيف، أنا)', 'منى', 'host'],
    ['דנה (מארח)', 'דנה', 'host'],
    ['Anna (Me)', 'Anna', null],
    ['015_Loki (Loki Laufeyson) (Host)', '015_Loki (Loki Laufeyson)', 'host'],
  ])('%s is %s, %s', (written, name, role) => {
    expect(stripHostMark(written)).toEqual({ name, role })
  })

  it.each([
    'Anna (Host) Smith',
    'Host',
    '(Host)',
    '  (Host)',
    'Anna (Ann)',
    'Anna',
    '',
    'Anna (',
    ')',
    'Anna (Hostess)',
    'Anna (Host, Berg)',
    'Anna (Ben)',
    'Anna (Yo)',
    'Anna (,)',
  ])('%j stays as it is', (name) => {
    expect(stripHostMark(name)).toEqual({ name, role: null })
  })

  it('is looked for at once in the longest name', () => {
    const name = '( '.repeat(500_000) + ')'
    expect(stripHostMark(name)).toEqual({ name, role: null })
    expect(stripHostMark(' '.repeat(1_000_000)).role).toBeNull()
  })
})
