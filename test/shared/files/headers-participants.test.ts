import { describe, expect, it } from 'vitest'
import { fieldOf } from '../../../shared/files/index.ts'
import { fields, ROWS } from './header-fields.ts'

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
