import type { FileSource } from '../files/index.ts'

/** The first of `files` that holds the very bytes of `source`; null when none does. Files of different size are not opened. */
export async function firstEqual(
  files: readonly FileSource[],
  source: FileSource,
): Promise<FileSource | null> {
  for (const file of files) {
    const mayBe = file.size === null || source.size === null || file.size === source.size
    if (mayBe && (await areEqual(file, source))) return file
  }
  return null
}

/** Reads both side by side, only as far as they agree. */
async function areEqual(a: FileSource, b: FileSource): Promise<boolean> {
  const [left, right] = [bytesOf(a), bytesOf(b)]
  try {
    for (;;) {
      const [one, other] = [await left.more(), await right.more()]
      const length = Math.min(one.length, other.length)
      if (length === 0) return one.length === other.length
      for (let at = 0; at < length; at++) if (one[at] !== other[at]) return false
      left.take(length)
      right.take(length)
    }
  } finally {
    await Promise.all([left.close(), right.close()])
  }
}

function bytesOf(source: FileSource) {
  const chunks = source.open()[Symbol.asyncIterator]()
  let chunk = new Uint8Array(0)
  return {
    /** What is there and not taken yet; empty at the end. */
    async more(): Promise<Uint8Array> {
      while (chunk.length === 0) {
        const next = await chunks.next()
        if (next.done === true) break
        chunk = new Uint8Array(next.value)
      }
      return chunk
    },
    take(length: number) {
      chunk = chunk.subarray(length)
    },
    close: async () => {
      await chunks.return?.()
    },
  }
}
