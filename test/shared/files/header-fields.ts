import { nameColumns } from '../../../shared/files/index.ts'

/** What a line of headers is read as in one block, `-` for columns kept unread. */
export const fields = (line: string, side: 'participants' | 'meeting' = 'participants'): string =>
  nameColumns(line.split(','), side)
    .map((field) => field ?? '-')
    .join(' ')

/** The columns every list of connections has. */
export const ROWS = 'name email join leave minutes'
