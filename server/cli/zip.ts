import { constants, crc32, createDeflateRaw } from 'node:zlib'

/** A file of the archive; its text is pulled as it is packed. */
interface ZipPart {
  path: string
  chunks: Iterable<string>
}

/** Little work for most of the gain: names and times of a list shrink to a tenth on the lowest level. */
const LEVEL = constants.Z_BEST_SPEED
const FORMAT_VERSION = 20
/** Sizes follow the data, and names are UTF-8. */
const FLAGS = 0x0008 | 0x0800
const DEFLATED = 8
/** 1980-01-01, the first day there is: an archive of the same people is the same archive. */
const FIRST_DAY = 0x21
const LARGEST = 0xffff_ffff

interface Entry {
  path: Buffer
  at: number
  crc: number
  packed: number
  plain: number
}

/**
 * Packs parts into a ZIP archive, in the order they come, in bounded memory; packing runs beside the making of the text.
 * Layout: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 *
 * @throws RangeError past 4 GiB, which this form of archive cannot say
 */
export async function* zipped(parts: Iterable<ZipPart>): AsyncGenerator<Buffer> {
  const entries: Entry[] = []
  let at = 0
  for (const { path, chunks } of parts) {
    const entry: Entry = { path: Buffer.from(path), at, crc: 0, packed: 0, plain: 0 }
    yield localHeader(entry)
    for await (const packed of deflated(chunks, entry)) {
      entry.packed += packed.length
      yield packed
    }
    yield dataDescriptor(entry)
    at += 30 + entry.path.length + entry.packed + 16
    if (Math.max(at, entry.plain) > LARGEST)
      throw new RangeError('The workbook would be larger than 4 GiB. Use --format csv instead.')
    entries.push(entry)
  }
  const directory = Buffer.concat(entries.map(directoryEntry))
  yield directory
  yield endOfArchive(entries.length, directory.length, at)
}

async function* deflated(chunks: Iterable<string>, entry: Entry): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw({ level: LEVEL, chunkSize: 65_536 })
  const feeding = (async () => {
    for (const chunk of chunks) {
      const plain = Buffer.from(chunk)
      entry.crc = crc32(plain, entry.crc)
      entry.plain += plain.length
      if (!deflate.write(plain)) await new Promise((resolve) => deflate.once('drain', resolve))
    }
    deflate.end()
  })()
  feeding.catch((error: unknown) =>
    deflate.destroy(error instanceof Error ? error : new Error(String(error))),
  )
  yield* deflate
  await feeding
}

function localHeader({ path }: Entry): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  writeKind(header, 4)
  header.writeUInt16LE(path.length, 26)
  return Buffer.concat([header, path])
}

function dataDescriptor(entry: Entry): Buffer {
  const descriptor = Buffer.alloc(16)
  descriptor.writeUInt32LE(0x08074b50, 0)
  writeSizes(descriptor, 4, entry)
  return descriptor
}

function directoryEntry(entry: Entry): Buffer {
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(FORMAT_VERSION, 4)
  writeKind(header, 6)
  writeSizes(header, 16, entry)
  header.writeUInt16LE(entry.path.length, 28)
  header.writeUInt32LE(entry.at, 42)
  return Buffer.concat([header, entry.path])
}

function endOfArchive(entries: number, directorySize: number, directoryAt: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries, 8)
  end.writeUInt16LE(entries, 10)
  end.writeUInt32LE(directorySize, 12)
  end.writeUInt32LE(directoryAt, 16)
  return end
}

/** Version, flags, method, time and day, ten bytes alike in both headers. */
function writeKind(header: Buffer, at: number): void {
  header.writeUInt16LE(FORMAT_VERSION, at)
  header.writeUInt16LE(FLAGS, at + 2)
  header.writeUInt16LE(DEFLATED, at + 4)
  header.writeUInt16LE(0, at + 6)
  header.writeUInt16LE(FIRST_DAY, at + 8)
}

function writeSizes(header: Buffer, at: number, { crc, packed, plain }: Entry): void {
  header.writeUInt32LE(crc, at)
  header.writeUInt32LE(packed, at + 4)
  header.writeUInt32LE(plain, at + 8)
}
