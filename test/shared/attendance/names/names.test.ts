import { describe, expect, it } from 'vitest'
import { isGenericName, normaliseName, recognisableName } from '../../../../shared/attendance/index.ts'
import { genericNames } from '../../../../shared/attendance/names/generic-names.ts'

describe('comparing names', () => {
  it.each([
    ['  Anna\t\nPetrova ', 'anna petrova'],
    ['ＡＮＮＡ', 'anna'],
    ['Straße', 'strasse'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευσ'],
    ['Tim Bär', 'tim bär'],
    ['\u202eAnna\u202c', 'anna'],
    ['An\u200bna', 'anna'],
    ['Анна\u0000Иванова', 'анна иванова'],
    ['', ''],
  ])('reads %j as %j', (display, name) => {
    expect(normaliseName(display)).toEqual({ name, original: null })
  })

  it('keeps accents: Bär is not Bar', () => {
    expect(normaliseName('Bär').name).not.toBe(normaliseName('Bar').name)
  })

  it.each([
    ['015_Loki (Loki Laufeyson)', '015_loki', 'loki laufeyson'],
    ['Anna（Анна）', 'anna', 'анна'],
    ['iPad (2)', 'ipad (2)', null],
    ['(Anna)', '(anna)', null],
    ['Anna (P) Petrova', 'anna (p) petrova', null],
    ['Anna (a) b)', 'anna (a) b)', null],
  ])('takes one trailing original name of %j apart', (display, name, original) => {
    expect(normaliseName(display)).toEqual({ name, original })
  })

  it('recognises somebody by the original name when the one in front says nothing', () => {
    expect(recognisableName('iPhone (Anna)')).toBe('anna')
    expect(recognisableName('Anna (iPhone)')).toBe('anna')
    expect(recognisableName('iPhone (Guest)')).toBeNull()
  })
})

describe('generic names', () => {
  it.each([
    ...[
      'iPhone',
      'iPhone (2)',
      'iPad Pro',
      'Galaxy S21 Ultra',
      'Redmi Note 9 Pro',
      'SM-A515F',
      'DESKTOP-4F2K1AB',
      'MacBook Air',
    ],
    ...[
      'Participant',
      'Participant 3',
      ...['админ', 'Слушатель 3', 'Гости', 'N/A', 'null', 'undefined', 'Webinar guest', 'Мой iPad', '1'],
      'Guest',
      'Гость',
      'Гость 2',
      'Участник',
      'Zoom User',
      'user',
      'Call-in User_3',
      'Invité',
    ],
    ...['Guest User 1', 'Test Student 12', 'guest_user_3', 'User 4 (2)', 'Zoom Guest User', 'Гость Zoom 2'],
    ...[
      'guest123',
      'User12',
      'гость1',
      'iPhone2',
      'Zoom用户',
      'Usuario de Zoom',
      'Người dùng Zoom',
      '참석자',
    ],
    ...[
      'Téléphone',
      'teléfono 2',
      'Étudiant',
      'Гостья',
      'Gäst 3',
      'moto g(30)',
      'Galaxy Note10+',
      'Nokia 3.1',
    ],
    ...[
      'Zoom-Benutzer',
      'Utilizador do Zoom',
      'Zoom Kullanıcısı',
      'Användare 2',
      'Χρήστης',
      'Корисник',
      'მონაწილე',
    ],
    ...[
      'CPH2127',
      'M2101K6G',
      'Apple iPhone',
      'moto g(7) power',
      'HUAWEI MatePad',
      'Хонор 10',
      'USER-PC',
      'ПК-1',
    ],
    ...[
      'Zoom Rooms',
      'H.323',
      'Dial-in User_2',
      'Ваше имя',
      'Имя Фамилия',
      'Anonymous Attendee',
      '訪客',
      '전화 사용자 3',
    ],
    ...['79*****1234', '+7 900 123-45-67', '8 (900) 123-45-67', '', '   ', '.', '🙂', '\u202e'],
  ])('hold %j', (display) => {
    expect(recognisableName(display)).toBeNull()
  })

  it.each([
    ...[
      'Anna',
      'iPhone Анна',
      "Anna's iPhone",
      'Miguel',
      'Mia',
      'Гостев',
      'Guest Anna',
      'Macarena',
      'Anna 2',
      '21041',
    ],
    ...['Guest User Anna', 'Student Berg 12', 'Testa User', '12 41'],
    ...['Anna12', 'Zooma', 'Anna Zoom', 'Zoom Anna', 'Motoko', 'Nokia Berg', 'Gästrin 3'],
    ...['Gostev', 'Invitata', 'Zoom Roomer', 'Handyside', 'Учитель', 'Nominal', 'Sipos', 'User-Anna', 'M21'],
    ...['X', '王', 'Honoré', 'CS-21-041'],
  ])('do not hold %j', (display) => {
    expect(recognisableName(display)).not.toBeNull()
  })

  it('are listed as they are compared', () => {
    for (const name of genericNames) expect(normaliseName(name).name).toBe(name)
  })

  it('answer at once for a hostile name of ten thousand characters', () => {
    for (const part of ['(', '1', 'iphone ', '+7 ', 'a)'])
      expect(isGenericName(part.repeat(5_000) + 'x')).toBe(false)
  })
})
