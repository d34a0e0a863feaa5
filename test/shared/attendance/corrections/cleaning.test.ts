import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleaningsOf, isAddress } from '../../../../shared/attendance/index.ts'

/** The tidiest name proposed; the name itself when nothing is. */
const tidied = (name: string): string => cleaningsOf(name, null).at(-1)?.proposed ?? name
const ofEmail = (email: string): string[] =>
  cleaningsOf('Anna', email).map(({ code, proposed }) => (proposed === null ? code : `${code}: ${proposed}`))

describe('a tidier name', () => {
  it.each([
    ['ANNA PETROVA', 'Anna Petrova'],
    ['anna petrova', 'Anna Petrova'],
    ['АННА ИВАНОВА', 'Анна Иванова'],
    ['мамин-сибиряк', 'Мамин-Сибиряк'],
    ['JAN VAN DER BERG', 'Jan van der Berg'],
    ['VAN DER BERG', 'Van der Berg'],
    ['ludwig van', 'Ludwig Van'],
    ["SEAN O'BRIEN", "Sean O'Brien"],
    ['d’angelo', 'D’Angelo'],
    ['RONALD MCDONALD', 'Ronald McDonald'],
    ['J.R.R. TOLKIEN', 'J.R.R. Tolkien'],
    ['JP MORGAN', 'JP Morgan'],
    ['DR SMITH', 'Dr Smith'],
    ['HENRY VIII', 'Henry VIII'],
    ['louis xiv', 'Louis XIV'],
    ['XI JINPING', 'Xi Jinping'],
    ['VI NGUYEN', 'Vi Nguyen'],
    ['LI NAN', 'Li Nan'],
    ['TOM MIX', 'Tom Mix'],
    ['DI MARIA', 'Di Maria'],
    ['CC SABATHIA', 'CC Sabathia'],
    ['JOSÉ ÁLVAREZ', 'José Álvarez'],
  ])('of %s is %s', (name, tidy) => {
    expect(cleaningsOf(name, null)).toEqual([{ of: 'name', code: 'case', proposed: tidy }])
  })

  it.each([
    ...['Anna Petrova', 'McDonald', 'Anna PETROVA', 'BOB', 'JP', 'IPHONE', 'guest', 'IŞIK ALTIN', 'ışık'],
    ...['JOHN MACDONALD', 'ÇAĞRI', '田中', 'נועה', 'anna@example.test', 'user_21', 'R2D2', '', '🎓', 'ALI 2'],
    ...['NGUYEN THI VI', 'LIN XI', 'HENRY VI'],
    ...['МГУ ИМ', 'ИП ИВАНОВ', 'ООО РОМАШКА', 'мгу им ломоносова', 'NASA TEAM', 'ГБОУ ШКОЛА'],
  ])('of %s is not proposed, for nothing is sure', (name) => {
    expect(cleaningsOf(name, null)).toEqual([])
  })

  it('has no white space too many and nothing invisible', () => {
    expect(cleaningsOf('  Anna\u00a0 \tPetrova\u200b ', null)).toEqual([
      { of: 'name', code: 'spaces', proposed: 'Anna Petrova' },
    ])
    expect(tidied('\u202eAnna')).toBe('Anna')
    expect(tidied('نام\u200cها')).toBe('نام\u200cها')
  })

  it('has the original name apart that Zoom adds after a rename, and no other brackets', () => {
    expect(tidied('Anna Petrova (Anna P)')).toBe('Anna Petrova')
    for (const name of ['iPhone (2)', '(Anna)', 'Anna (she) B', 'Anna )(']) expect(tidied(name)).toBe(name)
  })

  it('is proposed step by step, the last being tidy in every way', () => {
    expect(cleaningsOf(' ANNA  PETROVA (IPHONE)', null)).toEqual([
      { of: 'name', code: 'spaces', proposed: 'ANNA PETROVA (IPHONE)' },
      { of: 'name', code: 'original_name', proposed: 'ANNA PETROVA' },
      { of: 'name', code: 'case', proposed: 'Anna Petrova' },
    ])
  })

  it('is tidy: nothing more is proposed of it', () => {
    for (const name of ['ANNA VAN BERG', "sean o'brien", ' A  B (C) ', 'HENRY VIII', 'др иванова'])
      expect(cleaningsOf(tidied(name), null)).toEqual([])
  })

  it('is found in a hostile name, however long', () => {
    const proposed = ['('.repeat(20_000), 'a '.repeat(20_000), "O'".repeat(20_000), 'MAC'.repeat(20_000)].map(
      (name) => cleaningsOf(name, name).map(({ of, code }) => `${of} ${code}`),
    )
    expect(proposed).toEqual([
      ['email syntax'],
      ['name spaces', 'email syntax'],
      ['name case', 'email syntax'],
      ['email syntax'],
    ])
  })
})

describe('an e-mail address', () => {
  it('that is none however it is mended is only pointed out', () => {
    expect(['see the list', 'anna at home', ' @ '].map(ofEmail)).toEqual([['syntax'], ['syntax'], ['syntax']])
  })

  it('longer than any can be is none, however it goes on', () => {
    expect(ofEmail('>'.repeat(100_000))).toEqual(['syntax'])
  })

  it.each([
    ['anna@gmial.com', 'anna@gmail.com'],
    ['anna@gamil.com', 'anna@gmail.com'],
    ['anna@gmail.co', 'anna@gmail.com'],
    ['anna@gmail.con', 'anna@gmail.com'],
    ['anna@hotmial.com', 'anna@hotmail.com'],
    ['anna@yandex.tu', 'anna@yandex.ru'],
    ['anna@mail.tu', 'anna@mail.ru'],
    ['anna@outlok.com', 'anna@outlook.com'],
  ])('%s was probably meant to be %s', (typed, meant) => {
    expect(ofEmail(typed)).toEqual([`typo: ${meant}`])
  })

  it.each([
    ...[
      'gmail.com',
      'mail.com',
      'ymail.com',
      'yandex.uz',
      'yandex.ua',
      'mail.ro',
      'hotmail.gr',
      'outlook.de',
    ],
    ...['example.test', 'school.example', 'vk.ru', 'line.com', '263.com', 'почта.рф'],
  ])('of %s is right as it is', (domain) => {
    expect(ofEmail(`anna@${domain}`)).toEqual([])
  })

  it.each([
    ['anna', 'syntax'],
    ['anna@', 'syntax'],
    ['anna@@example.test', 'syntax'],
    ['anna..p@example.test', 'syntax'],
    ['anna@example', 'syntax'],
    ['anna@-example.test', 'syntax'],
    ['<anna@example.test>', 'syntax: anna@example.test'],
    ['mailto:anna@example.test', 'syntax: anna@example.test'],
    ['anna@example,test', 'syntax: anna@example.test'],
    [' anna@ example.test', 'spaces: anna@example.test'],
    ['anna @example,test ', 'syntax: anna@example.test'],
  ])('%s is none as it stands (%s)', (typed, said) => {
    expect(ofEmail(typed)).toEqual([said])
  })

  it('may be of any script, and have every sign that mail servers take', () => {
    for (const address of ['müller@example.de', 'info@пример.рф', 'info@xn--e1afmkfd.xn--p1ai'])
      expect(isAddress(address)).toBe(true)
    for (const address of ['o!x@example.test', 'a/b@example.test', 'मेल@उदाहरण.भारत', 'ANNA@EXAMPLE.TEST'])
      expect(isAddress(address)).toBe(true)
    for (const none of [
      '',
      'anna',
      'anna@example',
      'a b@example.test',
      'a@b@example.test',
      '"a b"@example.test',
    ])
      expect(isAddress(none)).toBe(false)
    expect(isAddress(`${'x'.repeat(100_000)}@example.test`)).toBe(false)
  })

  it('is what is proposed, always, also once it is written small', () => {
    const pieces = fc.constantFrom(
      ...['anna', 'İ', 'ß', 'मे', '\u200d', ' ', '@', '@', '.', ',', '<', '>', 'mailto:', '!', '/', '"'],
      ...['gmail', 'gmial', 'com', 'con', 'пример', 'рф', 'example.test', 'x'.repeat(40), '-', '\ud800'],
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        for (const { proposed } of cleaningsOf('Anna', parts.join('')).filter(({ of }) => of === 'email'))
          if (proposed !== null) expect(isAddress(proposed.trim().toLowerCase())).toBe(true)
      }),
      { numRuns: 20_000 },
    )
  })

  it('that is nobody’s in particular is pointed out', () => {
    for (const role of ['info', 'support', 'noreply', 'no-reply', 'INFO', 'info+zoom'])
      expect(ofEmail(`${role}@school.example`)).toEqual(['role_address'])
    expect(ofEmail('information@school.example')).toEqual([])
    expect(ofEmail('info@gmial.com')).toEqual(['typo: info@gmail.com', 'role_address'])
  })
})
