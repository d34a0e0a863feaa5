import { sniff, type TextFound } from './bytes.ts'
import { foreignText } from './foreign-text.ts'
import { FileRefused, type FileSource, type Separator } from './portal-file.ts'
import { findSeparator } from './separator.ts'

const HEAD_BYTES = 65_536

/** How a file is to be read: as separated text, or as a saved answer of Zoom's API. */
export type Opened = { text: TextFound } & ({ as: 'table'; separator: Separator } | { as: 'answer' })

/**
 * Looks at a file's first 64 KiB to tell how it is to be read.
 *
 * @throws FileRefused by name for whatever is no text, no list, or the report of another program
 */
export async function openFile(source: FileSource): Promise<Opened> {
  const { head, whole } = await readHead(source)
  const text = sniff(head, whole)
  if ('refusal' in text) throw new FileRefused({ code: text.refusal, file: source.name, line: null })
  const start = new TextDecoder(text.encoding).decode(head.subarray(text.skip), { stream: true })
  // A list of objects, an object of lists, or one such a line: nothing else begins so.
  if (/^\s*(?:\{\s*["}]|\[\s*[{[\]])/.test(start)) return { text, as: 'answer' }
  const separator = findSeparator(start)
  const refusal = foreignText(start, separator)
  if (refusal !== null) throw new FileRefused({ code: refusal, file: source.name, line: null })
  return { text, as: 'table', separator }
}

async function readHead({ open }: FileSource): Promise<{ head: Uint8Array; whole: boolean }> {
  const head = new Uint8Array(HEAD_BYTES)
  let length = 0
  for await (const chunk of open()) {
    const part = chunk.subarray(0, HEAD_BYTES - length)
    head.set(part, length)
    length += part.length
    if (part.length < chunk.length) return { head, whole: false }
  }
  return { head: head.subarray(0, length), whole: true }
}
