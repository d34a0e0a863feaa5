/** What hands bring: dropped files and folders, and text that was copied elsewhere. */

/** Of a folder as many files are taken; whoever drops a whole disk meant something else. */
export const MOST_FILES = 500

/**
 * The files of a drop, those in folders included, whatever their depth; hidden ones (`.DS_Store`) are left where they are.
 * At most `MOST_FILES` + 1, so that more than that can be told.
 */
export async function filesIn({ items, files }: Pick<DataTransfer, 'items' | 'files'>): Promise<File[]> {
  // All at once: what was dropped is forgotten with the first wait.
  const entries = [...items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null))
  const whole = [...files]
  if (!entries.some((entry) => entry?.isDirectory)) return whole
  const found: File[] = []
  try {
    for (const entry of entries) if (entry !== null) await collect(entry, found)
    return found
  } catch {
    // A folder that may not be opened stands for itself, so that it is said that it cannot be read.
    return whole
  }
}

async function collect(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (found.length > MOST_FILES || entry.name.startsWith('.')) return
  if (isFile(entry)) found.push(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)))
  else if (isFolder(entry)) for (const inner of await entriesOf(entry)) await collect(inner, found)
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

/** A browser hands out the entries of a folder in portions, the last of which is empty. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject)
    })
    if (portion.length === 0 || all.length > MOST_FILES) return all.sort((a, b) => (a.name < b.name ? -1 : 1))
    all.push(...portion)
  }
}

/** Files on the clipboard, or its text as one called `name`; none for a word that is no list. */
export function filesOnClipboard(clipboard: DataTransfer, name: string): File[] {
  if (clipboard.files.length > 0) return [...clipboard.files]
  const text = clipboard.getData('text/plain')
  return /\S[\r\n]+\s*\S/.test(text) ? [new File([text], name, { type: 'text/csv' })] : []
}
