import type { Encoding } from '../../shared/files/index.ts'

const tables = new Map<Encoding, Map<string, number[]>>()

/** Text as bytes of any encoding a file may have, the inverse of `TextDecoder`; throws for what the encoding cannot write. */
export function encode(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text)
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const low = encoding === 'utf-16le' ? 0 : 1
    return Uint8Array.from({ length: text.length * 2 }, (_, at) => {
      const unit = text.charCodeAt(at >> 1)
      return at % 2 === low ? unit & 255 : unit >> 8
    })
  }
  const table = tables.get(encoding) ?? readTable(encoding)
  tables.set(encoding, table)
  return Uint8Array.from(
    [...text].flatMap((character) => {
      const bytes = table.get(character)
      if (bytes === undefined) throw new RangeError(`${encoding} has no ${character}`)
      return bytes
    }),
  )
}

function readTable(encoding: Encoding): Map<string, number[]> {
  const decoder = new TextDecoder(encoding)
  const table = new Map<string, number[]>()
  const learn = (bytes: number[]) => {
    const character = decoder.decode(Uint8Array.from(bytes))
    if ([...character].length === 1 && character !== '\ufffd' && !table.has(character))
      table.set(character, bytes)
  }
  for (let byte = 0; byte < 256; byte++) learn([byte])
  // What Node's decoder does not know of windows-1252.
  if (encoding === 'windows-1252') {
    for (const [sign, byte] of Object.entries({
      '€': 0x80,
      '‘': 0x91,
      '’': 0x92,
      '–': 0x96,
      '„': 0x84,
      '“': 0x93,
      Š: 0x8a,
    })) {
      table.set(sign, [byte])
    }
  }
  if (['shift_jis', 'euc-kr', 'gb18030', 'big5'].includes(encoding)) {
    for (let lead = 0x81; lead < 0xff; lead++)
      for (let trail = 0x40; trail < 0xff; trail++) learn([lead, trail])
  }
  return table
}
