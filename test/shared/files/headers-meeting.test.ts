import { describe, expect, it } from 'vitest'
import { fieldOf } from '../../../shared/files/index.ts'
import { fields } from './header-fields.ts'

describe('what stands over a meeting is understood as the meeting', () => {
  it.each([
    [
      'Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,',
      'number topic started ended host_email meeting_minutes participants -',
    ],
    [
      'Topic,ID,Host,Duration (minutes),Start time,End time,Participants',
      'topic number host_name meeting_minutes started ended participants',
    ],
    [
      'Argomento,ID,Organizzatore,Durata (minuti),Ora di inizio,Ora di fine,Partecipanti',
      'topic number host_name meeting_minutes started ended participants',
    ],
    [
      'Tópico,ID,Anfitrião,Duração (minutos),Hora de início,Hora de término,Participantes',
      'topic number host_name meeting_minutes started ended participants',
    ],
    [
      'Topic,Meeting ID,User Name,User Email,Department,Group,Has Zoom Rooms?,Creation Time,Start Time,End Time,Duration (Minutes),Participants',
      'topic number host_name host_email - - - created started ended meeting_minutes participants',
    ],
    [
      'Argomento,Digita,ID,Nome organizzatore,E-mail organizzatore,Ora di inizio,Ora di fine,Partecipanti,Durata (minuti),Minuti totali dei partecipanti,Reparto,Gruppo,Origine,Visualizzatori unici,Max visualizzazioni simultanee,Ora di creazione',
      'topic kind number host_name host_email started ended participants meeting_minutes - - - - unique_viewers - created',
    ],
    [
      '主题,类型,ID,主持人名称,主持人电子邮件,开始时间,结束时间,参会者,持续时间（分钟）,参会者总分钟数',
      'topic kind number host_name host_email started ended participants meeting_minutes -',
    ],
    [
      'Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers,Total Users,Max Concurrent Views,Enable Registration',
      'topic number started meeting_minutes registered_count - unique_viewers - - -',
    ],
    [
      'Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registrants,# Cancelled registrants,Unique Viewers,Total Users,Max Concurrent Views,Enable Registration',
      'topic number started meeting_minutes registered_count - unique_viewers - - -',
    ],
    [
      'Thema,Meeting-ID,Startzeit,Endzeit,Dauer (Minuten),Teilnehmer',
      'topic number started ended meeting_minutes participants',
    ],
    [
      '주제,회의 ID,시작 시간,종료 시간,기간(분),참가자',
      'topic number started ended meeting_minutes participants',
    ],
    [
      'トピック,ミーティングID,開始時刻,終了時刻,期間 (分),参加者',
      'topic number started ended meeting_minutes participants',
    ],
    [
      'Тема,Идентификатор конференции,Время начала,Время окончания,Продолжительность (минуты),Участники',
      'topic number started ended meeting_minutes participants',
    ],
    [
      'Tema,ID del seminario web,Hora de inicio real,Duración real (minutos),N.º inscritos,N.º cancelados,Espectadores exclusivos,Usuarios totales,Vistas simultáneas máximas',
      'topic number started meeting_minutes - - - - -',
    ],
    [
      'Sujet,ID du webinaire,Heure de début réelle,Durée réelle (minutes)',
      'topic number started meeting_minutes',
    ],
    [
      'Argomento,ID webinar,Ora di inizio effettiva,Durata effettiva (minuti)',
      'topic number started meeting_minutes',
    ],
    [
      'Tópico,ID do webinar,Hora de início real,Duração real (minutos)',
      'topic number started meeting_minutes',
    ],
    [
      'Thema,Webinar-ID,Tatsächliche Startzeit,Tatsächliche Dauer (Minuten)',
      'topic number started meeting_minutes',
    ],
    [
      'Тема,Идентификатор веб-семинара,Фактическое время начала,Фактическая продолжительность (минуты)',
      'topic number started meeting_minutes',
    ],
    ['トピック,ウェビナーID,実際の開始時刻,実際の所要時間（分）', 'topic number started meeting_minutes'],
    ['주제,웨비나 ID,실제 시작 시간,실제 기간(분)', 'topic number started meeting_minutes'],
    [
      'Topik,Tipe,ID,Nama host,Email host,Waktu mulai,Waktu berakhir,Peserta,Durasi (menit)',
      'topic kind number host_name host_email started ended participants meeting_minutes',
    ],
  ])('%s', (line, expected) => {
    expect(fields(line, 'meeting')).toBe(expected)
  })

  it('tells which headers may stand over either, with another meaning', () => {
    for (const header of ['Duration (Minutes)', 'User Email', 'User Name'])
      expect([header, fieldOf(header).block]).toEqual([header, 'either'])
    for (const header of ['Name (Original Name)', 'Join Time', 'Guest'])
      expect([header, fieldOf(header).block]).toEqual([header, 'participants'])
    for (const header of ['Topic', 'Meeting ID', 'Start Time', 'Participants'])
      expect([header, fieldOf(header).block]).toEqual([header, 'meeting'])
  })
})
