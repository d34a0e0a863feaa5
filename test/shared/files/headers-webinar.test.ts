import { describe, expect, it } from 'vitest'
import { fields } from './header-fields.ts'

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
