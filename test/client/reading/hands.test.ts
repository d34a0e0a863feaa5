import { describe, expect, it } from 'vitest'
import { filesIn, filesOnClipboard, MOST_FILES } from '../../../client/reading/hands.ts'

type Entry = Partial<FileSystemFileEntry & FileSystemDirectoryEntry>

const file = (name: string): Entry => ({
  ...{ name, isFile: true, isDirectory: false },
  file: (found: (file: File) => void) => {
    found(new File(['x'], name))
  },
})

/** Hands out its entries two at a time, as browsers do by the hundred. */
function folder(name: string, inside: readonly Entry[]): Entry {
  return {
    ...{ name, isFile: false, isDirectory: true },
    createReader: () => {
      let at = 0
      const readEntries = (found: (entries: FileSystemEntry[]) => void): void => {
        found(inside.slice(at, (at += 2)) as FileSystemEntry[])
      }
      return { readEntries }
    },
  }
}

const dropped = (...entries: (Entry | null)[]) =>
  ({
    items: entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry })),
    files: entries.map((entry) => new File(['x'], entry?.name ?? 'by-script.csv')),
  }) as unknown as DataTransfer
const names = async (drop: DataTransfer) => (await filesIn(drop)).map(({ name }) => name)

const copied = (text: string, ...files: File[]) => ({ files, getData: () => text }) as unknown as DataTransfer

describe('what is dropped', () => {
  it('is taken as it is where it is files alone', async () => {
    expect(await names(dropped(file('b.csv'), file('a.csv')))).toEqual(['b.csv', 'a.csv'])
    expect(await names(dropped(null))).toEqual(['by-script.csv'])
  })

  it('is looked for in folders of any depth, hidden files aside', async () => {
    const deep = folder('deep', [file('3.csv')])
    const course = folder('course', [file('2.csv'), file('.DS_Store'), deep, file('1.csv')])
    expect(await names(dropped(course, file('0.csv')))).toEqual(['1.csv', '2.csv', '3.csv', '0.csv'])
    expect(await names(dropped(folder('empty', [])))).toEqual([])
  })

  it('stands for itself where a folder may not be opened', async () => {
    const locked: Entry = {
      ...folder('locked', []),
      createReader: () => ({ readEntries: (_: unknown, no: () => void) => void no() }),
    }
    expect(await names(dropped(locked, file('a.csv')))).toEqual(['locked', 'a.csv'])
  })

  it('is not taken without end', async () => {
    const disk = folder(
      'disk',
      Array.from({ length: 3 * MOST_FILES }, (_, n) => file(`${n}.csv`)),
    )
    expect(await names(dropped(disk))).toHaveLength(MOST_FILES + 1)
  })
})

describe('what is pasted', () => {
  it('is files, or lines of text as a file; a word is none', async () => {
    expect(filesOnClipboard(copied('', new File(['x'], 'a.csv')), 'pasted').map(({ name }) => name)).toEqual([
      'a.csv',
    ])
    const [table] = filesOnClipboard(copied('Name\tMinutes\r\nAnn\t60\r\n'), 'pasted 1.csv')
    expect([table?.name, await table?.text()]).toEqual(['pasted 1.csv', 'Name\tMinutes\r\nAnn\t60\r\n'])
    expect(filesOnClipboard(copied('Ann\n'), 'pasted')).toEqual([])
  })
})
