import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Encoding, FileSource } from '../../../shared/files/index.ts'
import { readText, sniff } from '../../../shared/files/index.ts'
import { encode } from '../../support/legacy-bytes.ts'

const header = 'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)'
const row = (name: string) => `${name},,04/15/2020 03:44:01 PM,04/15/2020 05:51:31 PM,128`
const list = (names: string[], head = header) => [head, ...names.map(row), ''].join('\r\n')

const found = (bytes: Uint8Array) => sniff(bytes, true)
const source = (pieces: Uint8Array[]): FileSource => ({
  name: 'participants.csv',
  size: null,
  // eslint-disable-next-line @typescript-eslint/require-await -- a source is asynchronous, this one has all it needs
  open: async function* () {
    yield* pieces
  },
})

async function decode(bytes: Uint8Array, encoding: Encoding, cuts: number[] = [], skip = 0) {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  let text = ''
  const read = await readText(
    source(places.slice(1).map((end, index) => bytes.slice(places[index], end))),
    { encoding, skip },
    (piece) => {
      text += piece
    },
  )
  return { text, ...read }
}

const concat = (...parts: (Uint8Array | number[])[]) => Uint8Array.from(parts.flatMap((part) => [...part]))
const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

describe('how text is written', () => {
  it.each<[string, string]>([
    ['English', list(['Anna Smith'])],
    ['Russian', list(['Мария Иванова'], 'Имя (настоящее имя),Время входа,Время выхода')],
    ['Japanese', list(['山田太郎'], '名前 (元の名前),メール,参加時間,退出時間')],
    ['Korean', list(['김민준'], '이름(원래 이름),사용자 이메일,참가 시간,나간 시간,기간(분)')],
    ['Chinese', list(['王小明'], '名称(原始名称),用户电子邮件,加入时间,离开时间')],
    ['Hebrew', list(['דנה כהן'])],
    ['emoji', list(['🎉 Party 🎉'])],
  ])('is found in UTF-8 and UTF-16, with a mark or without, for %s', (_language, text) => {
    expect(found(encode(text, 'utf-8'))).toEqual({ encoding: 'utf-8', skip: 0 })
    expect(found(concat([0xef, 0xbb, 0xbf], encode(text, 'utf-8')))).toEqual({ encoding: 'utf-8', skip: 3 })
    for (const encoding of ['utf-16le', 'utf-16be'] as const) {
      const bytes = encode(text, encoding)
      expect(found(bytes)).toEqual({ encoding, skip: 0 })
      expect(found(concat(encode('\ufeff', encoding), bytes))).toEqual({ encoding, skip: 2 })
    }
  })

  const names: Partial<Record<Encoding, string[]>> = {
    'windows-1252': [
      'José Núñez',
      'Müller',
      'François Lefèvre',
      'Zoë',
      'João Conceição',
      'Jürgen Groß',
      'Søren Åkerström',
      'JOSÉ PEÑA',
      'Niccolò',
      'Øyvind Bjørnsen',
      'Anne–Marie',
      'Ann „Annie“ Õunapuu',
      'Jane (née Doe) O’Neil',
    ],
    'windows-1251': [
      'Иван Иванов',
      'Мария Ёлкина',
      'ПЕТРОВ',
      'Ольга',
      'Тарас Шевченко-Їжакевич',
      'Ян Ли',
      'Цветелина Георгиева',
      'телефон',
    ],
    shift_jis: [
      '山田太郎',
      '佐藤 さくら',
      'ヤマダ タロウ',
      '鈴木',
      'たなか',
      'ﾔﾏﾀﾞ ﾀﾛｳ 山田',
      '髙橋一郎',
      'ゲスト',
    ],
    'euc-kr': ['김민준', '이서연', '박지훈', '홍길동', '최유리', '참가자', '황보'],
  }

  it.each(
    Object.entries(names).flatMap(([encoding, all]) =>
      all.map((name) => [name, encoding] as [string, Encoding]),
    ),
  )('is known by one name: %s is words in %s', (name, encoding) => {
    expect(found(encode(list([name]), encoding))).toEqual({ encoding, skip: 0 })
  })

  it.each<[Encoding, string]>([
    [
      'windows-1251',
      'Имя (настоящее имя);Электронная почта;Время входа;Время выхода;Длительность (минуты);Гость',
    ],
    ['windows-1251', 'НОМЕР;ИМЯ;ПОЧТА'],
    [
      'windows-1252',
      'Nombre (nombre original),Correo electrónico,Hora de entrada,Duración (minutos),Invitado',
    ],
    [
      'windows-1252',
      'Nom (nom original),Adresse e-mail de l’utilisateur,Heure d’arrivée,Durée (minutes),Invité',
    ],
    ['windows-1252', 'Name (ursprünglicher Name);E-Mail;Beitrittszeit;Verlassen um'],
    [
      'windows-1252',
      'Nome (nome original),E-mail,Ingressar na hora,Hora de saída,Duração (minutos),Convidado',
    ],
    ['windows-1252', 'Nome,E-mail,In sala d’attesa,Risposta di esclusione di responsabilità'],
    ['shift_jis', '名前 (元の名前),メールアドレス,参加時刻,退出時刻,期間（分）,ゲスト'],
    ['euc-kr', '이름(원래 이름),사용자 이메일,참가 시간,나간 시간,기간(분),게스트'],
    ['gb18030', '名称（原名）,电子邮件,加入时间,离开时间,持续时间（分钟）,访客,在等候室中'],
    ['big5', '名稱（原名）;電子郵件;加入時間;離開時間;持續時間（分鐘）;訪客'],
  ])('is known by its header alone in %s: %s', (encoding, head) => {
    expect(found(encode(list([], head), encoding))).toEqual({ encoding, skip: 0 })
  })

  it('stays UTF-8 when a few bytes of it are broken', () => {
    const bytes = encode(list(['Мария Иванова', 'Пётр Петров']), 'utf-8')
    bytes[header.length + 4] = 0xff
    expect(found(bytes)).toEqual({ encoding: 'utf-8', skip: 0 })
  })

  it('is known when the beginning that was looked at ends in the middle of a character', () => {
    const bytes = encode('Имя,Почта\nМария', 'utf-8')
    expect(sniff(bytes.subarray(0, bytes.length - 1), false)).toEqual({ encoding: 'utf-8', skip: 0 })
    const korean = encode('이름,이메일\n김민준', 'euc-kr')
    expect(sniff(korean.subarray(0, korean.length - 1), false)).toEqual({ encoding: 'euc-kr', skip: 0 })
  })

  it('may have NULs in it', () => {
    expect(found(latin(`${header}\n${row('An\0na')}\n\0\0`))).toEqual({ encoding: 'utf-8', skip: 0 })
  })
})

describe('what is no text', () => {
  const pad = (start: number[] | Uint8Array) => concat(start, new Uint8Array(600))
  const zip = (...entries: string[]) =>
    concat(
      ...entries.map((name) =>
        concat(latin('PK\x03\x04'), new Uint8Array(26), latin(name), [0x9c, 0xff, 0, 3]),
      ),
    )
  const wide = (name: string) => encode(name, 'utf-16le')
  const compound = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

  it.each<[string, string, Uint8Array]>([
    ['a PNG', 'image', pad(latin('\x89PNG\r\n\x1a\n'))],
    ['a JPEG', 'image', pad([0xff, 0xd8, 0xff, 0xe0])],
    ['a GIF', 'image', pad(latin('GIF89a'))],
    ['a WebP', 'image', pad(latin('RIFF\x10\0\0\0WEBPVP8 '))],
    ['a photo of a telephone', 'image', pad(latin('\0\0\0\x18ftypheic'))],
    ['a drawing', 'image', latin('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">')],
    ['a PDF', 'pdf', latin('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')],
    ['a PDF behind a line of something else', 'pdf', latin('\r\n%PDF-1.4\n')],
    ['a ZIP', 'archive', zip('readme.txt', 'participants.csv')],
    ['an empty ZIP', 'archive', pad(latin('PK\x05\x06'))],
    ['an XLSX', 'spreadsheet', zip('[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml')],
    ['an ODS', 'spreadsheet', zip('mimetypeapplication/vnd.oasis.opendocument.spreadsheet')],
    ['a Numbers sheet', 'spreadsheet', zip('Index/Document.iwa', 'Index/Tables/DataList.iwa')],
    ['a DOCX', 'document', zip('[Content_Types].xml', 'word/document.xml')],
    ['an ODT', 'document', zip('mimetypeapplication/vnd.oasis.opendocument.text')],
    ['a PPTX', 'document', zip('[Content_Types].xml', 'ppt/presentation.xml')],
    ['an XLS', 'spreadsheet', concat(pad(compound), wide('Root Entry'), wide('Workbook'))],
    ['a DOC', 'document', concat(pad(compound), wide('Root Entry'), wide('WordDocument'))],
    ['a workbook as XML', 'spreadsheet', latin('<?xml version="1.0"?><Workbook xmlns="urn:schemas">')],
    ['an RTF', 'document', latin('{\\rtf1\\ansi Hello}')],
    ['a gzip', 'archive', pad([0x1f, 0x8b, 8, 0])],
    ['a 7z', 'archive', pad([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c])],
    [
      'a tar',
      'archive',
      concat(latin('participants.csv'), new Uint8Array(241), latin('ustar\0'), new Uint8Array(300)),
    ],
    ['an MP4', 'audio_or_video', pad(latin('\0\0\0\x18ftypmp42'))],
    ['an M4A', 'audio_or_video', pad(latin('\0\0\0\x18ftypM4A '))],
    ['an MP3', 'audio_or_video', pad(latin('ID3\x03\0'))],
    ['a WAV', 'audio_or_video', pad(latin('RIFF\x10\0\0\0WAVEfmt '))],
    ['a WebM', 'audio_or_video', pad([0x1a, 0x45, 0xdf, 0xa3])],
    ['a web page', 'web_page', latin('\n<!DOCTYPE html><html><head><title>Zoom</title>')],
    ['a table of a web page', 'web_page', latin('<table border="1"><tr><td>Name</td></tr></table>')],
    ['a web page in UTF-16', 'web_page', concat([0xff, 0xfe], wide('<html><body>Zoom</body></html>'))],
    ['a database', 'binary', pad(latin('SQLite format 3\0'))],
    ['a program', 'binary', pad(latin('\x7fELF\x02\x01\x01\0'))],
    ['nothing but NULs', 'binary', new Uint8Array(5000)],
    ['nothing', 'empty_file', new Uint8Array(0)],
    ['a byte order mark alone', 'empty_file', latin('\xef\xbb\xbf')],
    ['blank lines', 'empty_file', latin('\r\n \t\r\n')],
  ])('is refused by name: %s is %s', (_what, refusal, bytes) => {
    expect(found(bytes)).toEqual({ refusal })
  })

  it('is refused, however it looks: random bytes', () => {
    let state = 1
    for (let round = 0; round < 50; round++) {
      const bytes = Uint8Array.from({ length: 4000 }, () => (state = (state * 48_271) % 2_147_483_647) >> 8)
      expect(found(bytes)).toHaveProperty('refusal')
    }
  })

  it.each([
    'BM,Name\n1,Anna\n',
    'ID,Name\n1,Anna\n',
    'PK,Name\n1,Anna\n',
    'RIFF,WAVE\n',
    'a <b> c\n',
    '1AY&SY,a\n',
  ])('is not what only begins like it: %j is text', (text) => {
    expect(found(latin(text))).toEqual({ encoding: 'utf-8', skip: 0 })
  })

  it('never throws, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, whole) => {
        expect(Object.keys(sniff(bytes, whole)).sort().join()).toMatch(/^(?:encoding,skip|refusal)$/)
      }),
    )
  })
})

describe('reading the text of a file', () => {
  const letters: Record<Encoding, string> = {
    'utf-8': 'aé名🎉\n,\ufffd',
    'utf-16le': 'aé名🎉\n,\ufffd',
    'utf-16be': 'aé名🎉\n,\ufffd',
    'windows-1252': 'aéß€’–\n,',
    'windows-1251': 'aЯёї\n,',
    shift_jis: 'a山ﾔポ\n,',
    'euc-kr': 'a김함\n,',
    gb18030: 'a明电\n,',
    big5: 'a名電\n,',
  }

  it.each(Object.entries(letters) as [Encoding, string][])(
    'gives back what was written in %s, wherever its bytes come in pieces',
    async (encoding, alphabet) => {
      await fc.assert(
        fc.asyncProperty(
          fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 40 }),
          fc.array(fc.nat(1000), { maxLength: 8 }),
          async (text, cuts) => {
            expect(await decode(encode(text, encoding), encoding, cuts)).toEqual({
              text,
              encoding,
              replaced: 0,
              cut: false,
            })
          },
        ),
      )
    },
  )

  it('counts the bytes that are no text, and loses nothing around them', async () => {
    const bytes = concat(
      encode('Мария,', 'utf-8'),
      [0xff],
      encode('x\ufffd', 'utf-8'),
      [0xd0],
      encode('\n', 'utf-8'),
    )
    expect(await decode(bytes, 'utf-8', [3, 13, 15])).toEqual({
      text: 'Мария,\ufffdx\ufffd\ufffd\n',
      encoding: 'utf-8',
      replaced: 2,
      cut: false,
    })
  })

  it('says that the file ends in the middle of a character', async () => {
    const bytes = encode('Мария', 'utf-8')
    expect(await decode(bytes.subarray(0, 9), 'utf-8')).toEqual({
      text: 'Мари\ufffd',
      encoding: 'utf-8',
      replaced: 1,
      cut: true,
    })
    expect(await decode(encode('ab', 'utf-16le').subarray(0, 3), 'utf-16le')).toMatchObject({
      text: 'a\ufffd',
      cut: true,
    })
  })

  it('learns the encoding from the first name that needs one, however far behind the beginning it stands', async () => {
    const text = list([...Array.from({ length: 2000 }, () => 'Anna Smith'), 'Jürgen Groß', 'José Núñez'])
    const bytes = encode(text, 'windows-1252')
    const head = sniff(bytes.subarray(0, 65_536), false)
    expect(head).toEqual({ encoding: 'utf-8', skip: 0 })
    expect(await decode(bytes, 'utf-8')).toEqual({ text, encoding: 'windows-1252', replaced: 0, cut: false })
    expect(await decode(encode(text, 'utf-8'), 'utf-8')).toMatchObject({
      text,
      encoding: 'utf-8',
      replaced: 0,
    })
  })

  it('leaves out the byte order mark, also when it comes in two pieces', async () => {
    const bytes = concat([0xef, 0xbb, 0xbf], encode('Name', 'utf-8'))
    expect((await decode(bytes, 'utf-8', [1], 3)).text).toBe('Name')
  })

  it('goes piece by piece through a file handed over at once, waiting for whoever is told', async () => {
    const bytes = new Uint8Array(1_000_000).fill(97)
    const seen: number[] = []
    let longest = 0
    let waiting = 0
    await readText(
      source([bytes]),
      { encoding: 'utf-8', skip: 0 },
      (text) => {
        expect(waiting).toBe(0)
        longest = Math.max(longest, text.length)
      },
      async (read) => {
        seen.push(read)
        waiting++
        await Promise.resolve()
        waiting--
      },
    )
    expect(longest).toBe(65_536)
    expect(seen).toHaveLength(16)
    expect(seen.at(-1)).toBe(1_000_000)
  })

  it('fails as the file does', async () => {
    const broken: FileSource = {
      name: 'gone.csv',
      size: null,
      // eslint-disable-next-line @typescript-eslint/require-await -- a file that cannot be read at all
      open: async function* () {
        throw new Error('The disk is gone.')
      },
    }
    await expect(readText(broken, { encoding: 'utf-8', skip: 0 }, () => undefined)).rejects.toThrow(
      'The disk is gone.',
    )
  })
})
