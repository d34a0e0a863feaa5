import { describe, expect, it } from 'vitest'
import { readAnswer, saysNothing } from '../../../shared/files/index.ts'

describe('yes and no are understood in every language', () => {
  it.each([
    ['English', 'Yes', 'No'],
    ['one letter', 'Y', 'N'],
    ['Spanish', 'Sí', 'No'],
    ['Spanish without accents', 'Si', 'NO'],
    ['Portuguese', 'Sim', 'Não'],
    ['French', 'Oui', 'Non'],
    ['Italian', 'Sì', 'No'],
    ['German', 'Ja', 'Nein'],
    ['Korean', '예', '아니요'],
    ['Korean, spoken', '네', '아니오'],
    ['Japanese', 'はい', 'いいえ'],
    ['Russian', 'Да', 'Нет'],
    ['Chinese', '是', '否'],
    ['Dutch', 'Ja', 'Nee'],
    ['Polish', 'Tak', 'Nie'],
    ['Turkish', 'Evet', 'Hayır'],
    ['Swedish', 'Ja', 'Nej'],
    ['Vietnamese', 'Có', 'Không'],
    ['Arabic', 'نعم', 'لا'],
    ['Hebrew', 'כן', 'לא'],
    ['Japanese marks', '○', '×'],
    ['a program', 'TRUE', 'FALSE'],
    ['a database', '1', '0'],
    ['a German spreadsheet', 'WAHR', 'FALSCH'],
    ['a Russian spreadsheet', 'ИСТИНА', 'ЛОЖЬ'],
    ['padded', ' yes\u00a0', '\u200eno '],
    ['decomposed', 'Si\u0301', 'Na\u0303o'],
  ])('%s: %s and %s', (_language, yes, no) => {
    expect(readAnswer(yes)).toBe(true)
    expect(readAnswer(no)).toBe(false)
  })

  it.each(['', ' ', '-', '--', '—', 'NA', 'N/A', 'n/a', 'null', '\u00a0'])('%j says nothing', (cell) => {
    expect(readAnswer(cell)).toBeNull()
    expect(saysNothing(cell)).toBe(true)
  })

  it.each(['Maybe', '2', 'Yes, but later', 'No one', 'Y N', '未定'])(
    '%j is an answer we cannot read',
    (cell) => {
      expect(readAnswer(cell)).toBeNull()
      expect(saysNothing(cell)).toBe(false)
    },
  )

  it('takes long cells in its stride', () => {
    for (const bit of [' ', '-', 'yes ', '\u200e', 'a']) {
      expect(readAnswer(bit.repeat(1_000_000))).toBeNull()
      expect(saysNothing(`${bit.repeat(1_000_000)}x`)).toBe(false)
    }
    expect(saysNothing(' '.repeat(1_000_000))).toBe(true)
  })
})
