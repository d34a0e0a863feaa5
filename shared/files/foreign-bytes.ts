import type { RefusalCode } from './warnings.ts'

/** How a kind of file begins: text of one byte a character, found at a position. */
interface Mark {
  refusal: RefusalCode
  at: number
  text: string
}

/**
 * Signatures from the formats' own specifications; collected at https://www.iana.org/assignments/media-types and
 * https://mimesniff.spec.whatwg.org/#matching-a-mime-type-pattern. Formats without one are told by their control characters.
 */
const marks: Mark[] = [
  { refusal: 'image', at: 0, text: '\x89PNG\r\n\x1a\n' },
  { refusal: 'image', at: 0, text: '\xff\xd8\xff' },
  { refusal: 'image', at: 0, text: 'GIF87a' },
  { refusal: 'image', at: 0, text: 'GIF89a' },
  { refusal: 'image', at: 0, text: 'II*\0' },
  { refusal: 'image', at: 0, text: 'MM\0*' },
  { refusal: 'image', at: 0, text: '8BPS\0\x01' },
  { refusal: 'image', at: 8, text: 'WEBP' },
  { refusal: 'image', at: 4, text: 'ftyphei' },
  { refusal: 'image', at: 4, text: 'ftypmif1' },
  { refusal: 'image', at: 4, text: 'ftypavif' },
  { refusal: 'audio_or_video', at: 4, text: 'ftyp' },
  { refusal: 'audio_or_video', at: 4, text: 'moov' },
  { refusal: 'audio_or_video', at: 4, text: 'mdat' },
  { refusal: 'audio_or_video', at: 8, text: 'WAVEfmt ' },
  { refusal: 'audio_or_video', at: 8, text: 'AVI LIST' },
  { refusal: 'audio_or_video', at: 0, text: 'ID3' },
  { refusal: 'audio_or_video', at: 0, text: '\xff\xfb' },
  { refusal: 'audio_or_video', at: 0, text: '\xff\xf1' },
  { refusal: 'audio_or_video', at: 0, text: 'OggS\0' },
  { refusal: 'audio_or_video', at: 0, text: 'fLaC\0' },
  { refusal: 'audio_or_video', at: 0, text: '\x1a\x45\xdf\xa3' },
  { refusal: 'archive', at: 0, text: '\x1f\x8b\x08' },
  { refusal: 'archive', at: 0, text: '7z\xbc\xaf\x27\x1c' },
  { refusal: 'archive', at: 0, text: 'Rar!\x1a\x07' },
  { refusal: 'archive', at: 0, text: '\xfd7zXZ\0' },
  { refusal: 'archive', at: 0, text: '\x28\xb5\x2f\xfd' },
  { refusal: 'archive', at: 4, text: '1AY&SY' },
  { refusal: 'archive', at: 257, text: 'ustar' },
  { refusal: 'document', at: 0, text: '{\\rtf' },
  { refusal: 'binary', at: 0, text: 'SQLite format 3\0' },
]

/**
 * What a file that is no text is, by how it begins; null when it may be text. Says nothing about binaries without a
 * signature: those are told by what they are full of.
 */
export function foreignBytes(head: Uint8Array): RefusalCode | null {
  const start = latin(head, 0, 1024)
  // Readers of PDF look for its mark in the first kilobyte: ISO 32000-1, annex H.3.4.1.
  if (start.includes('%PDF-')) return 'pdf'
  if (/^PK(?:\x03\x04|\x05\x06|\x07\x08)/.test(start)) return insideZip(latin(head, 0, head.length))
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return insideCompound(latin(head, 0, head.length))
  return marks.find((mark) => start.startsWith(mark.text, mark.at))?.refusal ?? null
}

/** Office files are ZIP files of known entries: their names stand at the entries' headers (APPNOTE.TXT, 4.3.7). */
function insideZip(bytes: string): RefusalCode {
  for (const [, name = ''] of bytes.matchAll(/PK\x03\x04[^]{26}([ -~]{1,80})/g)) {
    if (/^(?:xl\/|Index\/Tables\/|mimetypeapplication\/vnd\.oasis\.opendocument\.spreadsheet)/.test(name)) {
      return 'spreadsheet'
    }
    if (/^(?:word\/|ppt\/|mimetypeapplication\/vnd\.oasis\.opendocument\.)/.test(name)) return 'document'
  }
  return 'archive'
}

/** The older office files name their streams in UTF-16; a workbook's may also begin right behind the header ([MS-XLS] 2.4.21). */
function insideCompound(bytes: string): RefusalCode {
  const workbook = bytes.includes('W\0o\0r\0k\0b\0o\0o\0k\0') || bytes.startsWith('\x09\x08', 512)
  return workbook ? 'spreadsheet' : 'document'
}

/** What a text that is written in markup is; null when it may be a table. */
export function foreignMarkup(text: string): RefusalCode | null {
  const start = text.slice(0, 4096).trimStart()
  if (!start.startsWith('<')) return null
  if (/<(?:!doctype html|html|head|body|table)[\s>]/i.test(start)) return 'web_page'
  if (/<svg[\s>]/i.test(start)) return 'image'
  if (/<(?:\w+:)?Workbook[\s>]/.test(start)) return 'spreadsheet'
  return null
}

function latin(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  for (let at = from; at < Math.min(to, bytes.length); at += 4096) {
    text += String.fromCharCode(...bytes.subarray(at, Math.min(at + 4096, to)))
  }
  return text
}
