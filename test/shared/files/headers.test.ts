import { describe, expect, it } from 'vitest'
import { fieldOf, nameColumns } from '../../../shared/files/index.ts'
import { KNOWN } from '../../../shared/files/headers-vocabulary.ts'

/** A line of headers in one block, `-` for columns kept unread. */
const fields = (line: string, side: 'participants' | 'meeting' = 'participants'): string =>
  nameColumns(line.split(','), side)
    .map((field) => field ?? '-')
    .join(' ')

const ROWS = 'name email join leave minutes'

describe('every list of participants Zoom is known to export is understood', () => {
  it.each([
    ['P1', 'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)', ROWS],
    ['P2', 'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest', `${ROWS} guest`],
    [
      'P3',
      'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent',
      `${ROWS} guest consent`,
    ],
    [
      'P4',
      'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Recording Consent',
      `${ROWS} consent`,
    ],
    [
      'P5',
      'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Disclaimer Response,In Waiting Room',
      `${ROWS} guest consent in_waiting_room`,
    ],
    [
      'P6',
      'Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,Recording disclaimer response,In waiting room',
      `${ROWS} guest consent in_waiting_room`,
    ],
    ['P7', 'Name (Original Name),User Email,Total Duration (Minutes)', 'name email minutes'],
    ['P8', 'Name (Original Name),User Email,Total Duration (Minutes),Guest', 'name email minutes guest'],
    ['P9', 'Name (original name),Email,Total duration (minutes),Guest', 'name email minutes guest'],
    [
      '2019',
      'Name,User Email,Join Time,Leave Time,Duration(Minutes),Attentiveness Score',
      `${ROWS} attentiveness`,
    ],
    [
      'es, old',
      'Nombre (nombre original),E-mail del usuario,Hora para unirse,Hora para salir,Duración (minutos)',
      ROWS,
    ],
    [
      'es, totals',
      'Nombre (nombre original),E-mail del usuario,Duración total (minutos),Invitado',
      'name email minutes guest',
    ],
    [
      'es',
      'Nombre (nombre original),Correo electrónico,Hora de entrada,Hora de salida,Duración (minutos),Invitado,Respuesta al descargo de responsabilidad relativa a la grabación,En sala de espera',
      `${ROWS} guest consent in_waiting_room`,
    ],
    [
      'pt',
      'Nome (nome original),E-mail,Ingressar na hora,Hora de saída,Duração (minutos),Convidado,Na sala de espera',
      `${ROWS} guest in_waiting_room`,
    ],
    [
      'fr',
      'Nom (nom original),Adresse e-mail de l’utilisateur,Heure d’arrivée,Heure de départ,Durée (minutes),Invité,Salle d’attente',
      `${ROWS} guest in_waiting_room`,
    ],
    [
      'it',
      'Nome (nome originale),E-mail,Ora di ingresso,Ora di uscita,Durata (minuti),Guest,Risposta di esclusione di responsabilità per la registrazione,In sala d’attesa',
      `${ROWS} guest consent in_waiting_room`,
    ],
    [
      'it, old',
      "Nome (nome originale),Email dell'utente,Ora di ingresso,Ora di uscita,Durata (minuti)",
      ROWS,
    ],
    ['ko', '이름(원래 이름),사용자 이메일,참가 시간,나간 시간,기간(분)', ROWS],
    [
      'zh',
      '名称（原名）,电子邮件,加入时间,离开时间,持续时间（分钟）,访客,在等候室中',
      `${ROWS} guest in_waiting_room`,
    ],
    ['ru', 'Имя (настоящее имя),Эл. почта,Время входа,Время выхода,Продолжительность (минуты)', ROWS],
    [
      'ko, new',
      '이름(원래 이름),이메일,참가 시간,나간 시간,기간(분),게스트,대기실에서',
      `${ROWS} guest in_waiting_room`,
    ],
    [
      'pt, webinar',
      'Nome de usuário (nome original),E-mail,Hora do Ingresso,Horário de saída,Tempo em Sessão (minutos),Horário de inscrição,Status da Aprovação,Participou',
      `${ROWS} registered_at approval attended`,
    ],
    [
      'fr, webinar',
      'Nom d’utilisateur (nom original),Email,Heure de participation,Heure de départ,Temps de présence en séance (minutes),Heure d’inscription,Approval Status,A participé',
      `${ROWS} registered_at approval attended`,
    ],
    [
      'ko, webinar',
      '사용자 이름(원래 이름),이메일,참가 시간,나간 시간,세션 기간(분),게스트임,등록 시간,승인 상태,참석함',
      `${ROWS} guest registered_at approval attended`,
    ],
    [
      'it, webinar',
      'Nome utente (nome originale),E-mail,Ora di ingresso,Ora di uscita,Tempo in sessione (minuti),Ora di registrazione,Stato approvazione,Ha partecipato',
      `${ROWS} registered_at approval attended`,
    ],
    [
      'ja, webinar',
      'ユーザー名（元の名前）,メール,参加時刻,退出時刻,セッション参加時間（分）,登録時間,承認状況,参加しました',
      `${ROWS} registered_at approval attended`,
    ],
  ])('%s', (_name, line, expected) => {
    expect(fields(line)).toBe(expected)
  })

  it.each([
    ['de', 'Name (ursprünglicher Name),E-Mail,Beitrittszeit,Austrittszeit,Dauer (Minuten),Gast,Im Warteraum'],
    [
      'de, other words',
      'Name (Originalname),Benutzer-E-Mail-Adresse,Uhrzeit des Beitritts,Uhrzeit des Verlassens,Gesamtdauer (Min),Gast,Wartezimmer',
    ],
    ['ja', '名前 (元の名前),メールアドレス,参加時刻,退出時刻,期間 (分),ゲスト,待機室'],
    [
      'ja, other words',
      '名前（元の名前）,ユーザーのメール,参加した時間,退室時間,継続時間（分）,ゲスト,待機ルーム',
    ],
    ['zh-TW', '名稱（原名）,電子郵件,加入時間,離開時間,持續時間（分鐘）,訪客,等候室'],
    [
      'nl',
      'Naam (oorspronkelijke naam),E-mailadres gebruiker,Deelnametijd,Vertrektijd,Duur (minuten),Gast,In wachtkamer',
    ],
    [
      'pl',
      'Imię (oryginalne imię),Adres e-mail użytkownika,Czas dołączenia,Czas opuszczenia,Czas trwania (minuty),Gość,W poczekalni',
    ],
    [
      'tr',
      'Ad (Orijinal Ad),Kullanıcı E-postası,Katılma Saati,Ayrılma Saati,Süre (Dakika),Konuk,Bekleme Odasında',
    ],
    [
      'ru, other words',
      'Имя (исходное имя),Адрес электронной почты,Время подключения,Время отключения,Общая длительность (мин),Гость,В зале ожидания',
    ],
    [
      'es, no accents',
      'NOMBRE (NOMBRE ORIGINAL),CORREO ELECTRONICO,HORA DE INGRESO,HORA DE SALIDA,DURACION (MINUTOS),INVITADO,SALA DE ESPERA',
    ],
    [
      'pt, other words',
      'Nome do participante,E-mail do usuário,Hora de entrada,Horário de saída,Duração (min),Convidado,Sala de espera',
    ],
    [
      'fr, other words',
      'Nom de l’utilisateur,Courriel,Heure de connexion,Heure de déconnexion,Durée totale (min),Invité,En salle d’attente',
    ],
    ['a database', 'name,user_email,join_time,leave_time,duration,guest,in_waiting_room'],
  ])('%s is put together from the words of the language', (_language, line) => {
    expect(fields(line)).toBe(`${ROWS} guest in_waiting_room`)
  })
})

describe('lists of totals say minutes and no times', () => {
  it.each([
    'Name (original name),Email,Total duration (minutes),Guest',
    'Nome (nome original),E-mail,Duração total (minutos),Convidado',
    'Nom (nom original),Adresse e-mail,Durée totale (minutes),Invité',
    'Nome (nome originale),E-mail,Durata totale (minuti),Guest',
    'Name (ursprünglicher Name),E-Mail,Gesamtdauer (Minuten),Gast',
    'Имя (настоящее имя),Электронная почта,Общая продолжительность (минуты),Гость',
    '이름(원래 이름),이메일,총 참가 시간(분),게스트',
    '名前（元の名前）,メールアドレス,合計時間 (分),ゲスト',
    '名称（原名）,邮箱地址,总时长（分钟）,访客',
    'Naam (oorspronkelijke naam),E-mail,Totale duur (minuten),Gast',
    'Imię (oryginalne imię),Adres e-mail,Całkowity czas trwania (minuty),Gość',
    'Ad (Orijinal Ad),E-posta,Toplam Süre (Dakika),Konuk',
  ])('%s', (line) => {
    expect(fields(line)).toBe('name email minutes guest')
  })
})

it.each([
  '名前 (元の名前),ユーザーメール,参加時刻,退出時刻,所要時間（分）',
  'Tên (Tên gốc),Email người dùng,Thời gian vào,Thời gian rời,Thời gian (Phút)',
])('%s', (line) => {
  expect(fields(line)).toBe(ROWS)
})

describe('the same in the words of other versions, languages and programs', () => {
  it.each([
    [
      'Nom (nom original),E-mail,Heure de connexion,Heure de déconnexion,Durée (minutes),Invité,Réponse à l’avis de non-responsabilité concernant l’enregistrement,Dans la salle d’attente',
    ],
    [
      'Imię i nazwisko (oryginalne imię i nazwisko),Adres e-mail,Godzina dołączenia,Godzina opuszczenia,Czas trwania (minuty),Gość,Odpowiedź na zastrzeżenie dotyczące nagrywania,W poczekalni',
    ],
    [
      'Naam (oorspronkelijke naam),E-mail,Tijdstip van deelname,Tijdstip van vertrek,Duur (minuten),Gast,Reactie op disclaimer voor opname,In wachtruimte',
    ],
    [
      'Nama (nama asli),Email,Waktu bergabung,Waktu keluar,Durasi (menit),Tamu,Respons penafian rekaman,Di ruang tunggu',
    ],
    ['이름(원래 이름),사용자 이메일,참가 시간,나간 시간,기간(분),게스트,녹화 동의,대기실에서'],
    [
      'NameOriginalName,User_Email_2,Join_Time,Leave_Time,Duration_Minutes_2,Guest,RecordingConsent,InWaitingRoom',
    ],
    [
      'Name (Original Name),User Email.1,JoinTime,LeaveTime,Duration (Minutes).1,IsGuest,Recording Consent,In Waiting Room',
    ],
  ])('%s', (line) => {
    expect(fields(line)).toBe(`${ROWS} guest consent in_waiting_room`)
  })

  it('a number behind a name is only set aside where it stands alone', () => {
    expect(fieldOf('Q1').field).toBeNull()
    expect(fieldOf('Join2').field).toBe(fieldOf('Join2 x').field)
  })
})

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

describe('webinar sections are understood', () => {
  const attendee =
    'attended name first_name last_name email phone registered_at approval join leave minutes guest country'
  it.each([
    [
      'Attended,User Name,Email,Join Time,Leave Time,Time in Session (minutes),Country/Region Name',
      'attended name email join leave minutes country',
    ],
    [
      'Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name',
      'attended name email join leave minutes guest country',
    ],
    [
      'Attended,User Name (Original Name),First Name,Last Name,Email,Phone,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name',
      attendee,
    ],
    [
      'Asistió,Nombre de usuario (nombre original),Nombre,Apellido,Correo electrónico,Teléfono,Hora de registro,Estado de aprobación,Hora de entrada,Hora de salida,Tiempo en la sesión (minutos),Es invitado,Nombre de país/región',
      attendee,
    ],
    [
      'Присутствовал,Имя пользователя (исходное имя),Имя,Фамилия,Эл. почта,Телефон,Время регистрации,Статус утверждения,Время входа,Время выхода,Время в сеансе (минуты),Гость,Название страны/региона',
      attendee,
    ],
    [
      'Teilgenommen,Benutzername (ursprünglicher Name),Vorname,Nachname,E-Mail,Telefon,Anmeldezeit,Genehmigungsstatus,Beitrittszeit,Austrittszeit,Zeit in der Sitzung (Minuten),Gast,Land/Region',
      attendee,
    ],
    [
      'A participé,Nom d’utilisateur (nom original),E-mail,Heure d’arrivée,Heure de départ,Temps dans la session (minutes),Est un invité,Nom du pays/de la région',
      'attended name email join leave minutes guest country',
    ],
    [
      'Ha partecipato,Nome utente (nome originale),E-mail,Ora di ingresso,Ora di uscita,Tempo nella sessione (minuti),È un ospite,Nome Paese/regione',
      'attended name email join leave minutes guest country',
    ],
    [
      '참석함,사용자 이름(원래 이름),이메일,참가 시간,나간 시간,세션 시간(분),게스트 여부,국가/지역 이름',
      'attended name email join leave minutes guest country',
    ],
    [
      'Uczestniczył,Nazwa użytkownika (oryginalna nazwa),Imię,Nazwisko,E-mail,Czas rejestracji,Stan zatwierdzenia,Czas dołączenia,Czas wyjścia,Czas w sesji (minuty),Jest gościem,Nazwa kraju/regionu',
      'attended name first_name last_name email registered_at approval join leave minutes guest country',
    ],
  ])('%s', (line, expected) => {
    expect(fields(line)).toBe(expected)
  })

  it('keeps the questions of a registration form unread', () => {
    expect(
      fields(
        'Attended,User Name,Email,What is your job title?,Email me news?,When do you leave?,Phone model,Registration Source,Attendance Type,Is Guest',
      ),
    ).toBe('attended name email - - - - - - guest')
  })
})

describe('a header with one word we cannot explain is not ours', () => {
  it.each([
    ...[
      'What is your job title?',
      'Email me news?',
      'When do you leave?',
      'Has Zoom Rooms?',
      'How did you join?',
    ],
    ...[
      'Time of joining the company',
      'Join our newsletter',
      'Leave a comment',
      'Best email',
      'Email (work)',
      'Company name',
      'Firmenname',
      'Kursdauer',
    ],
    ...[
      'Name of your school',
      'Job title',
      'Department',
      'Group',
      'Organization',
      'Industry',
      'City',
      'Zip',
      'Address',
    ],
    ...[
      'Registration Source',
      'Attendance Type',
      'Marketing opt-in',
      'Enable Registration',
      'Max Concurrent Views',
    ],
    ...[
      'Recording',
      'Consent',
      'Status',
      'Number',
      'Time',
      'Session',
      'Source',
      'First Join',
      'Last Leave',
      'Role',
    ],
    ...[
      'Duration (seconds)',
      'Join Time (Tokyo)',
      'Guest speaker',
      'Questions & Comments',
      '参加',
      '참가',
      '#',
      '',
      ' ',
      '-',
    ],
    ...[
      '¿Cuál es su correo?',
      'Как вы узнали о вебинаре?',
      'Warum nehmen Sie teil?',
      'メールで連絡を希望しますか',
      '담당 업무',
    ],
  ])('%j', (header) => {
    expect(fieldOf(header).field).toBeNull()
  })

  it('and longer texts are none at all', () => {
    for (const bit of ['Join Time ', '(', 'メール', ' ', '\u0301', '?', '_', 'e-mail'])
      expect(fieldOf(bit.repeat(200_000)).field).toBeNull()
  })
})

describe('a field is one column', () => {
  it('the first of two known headers is Zoom’s, the second somebody’s own question', () => {
    expect(fields('Name,Email,Email,Duration (Minutes)')).toBe('name email - minutes')
  })

  it('a known header wins over one that is only put together', () => {
    expect(fields('Address of email,Name,Email')).toBe('- name email')
  })

  it('two that are only put together stay unread', () => {
    expect(fields('Name,Time of arrival,Arrival time,Duration')).toBe('name - - minutes')
    expect(fields('Name,User mail,Mail address')).toBe('name - -')
  })

  it('every header seen in real files is known for one field only', () => {
    for (const [field, headers] of Object.entries(KNOWN))
      for (const header of headers.split('|'))
        expect([header, fieldOf(header)]).toEqual([header, expect.objectContaining({ field, known: true })])
  })
})
