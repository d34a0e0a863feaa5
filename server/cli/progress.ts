import type { OnProgress, StorageLog, Summary } from '../storage/index.ts'

/** A terminal's line is drawn anew this often at most. */
const REDRAW_MS = 100

/** What is said while a verb works: on standard error, since standard output may be the backup itself. */
export function tell(sentence: string): void {
  process.stderr.write(`${harmless(sentence)}\n`)
}

/**
 * Text for a terminal: names of files may hold what moves its cursor or sets its title. Control characters are shown as the
 * signs Unicode has for them (␛), the second set of them as �; tabs and line feeds stay.
 */
export const harmless = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (sign) => {
    const code = sign.charCodeAt(0)
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd'
  })

/** One line a table; on a terminal the line of the table under way counts. */
export function tellProgress(): OnProgress {
  const terminal = process.stderr.isTTY
  let drawnAtMs = 0
  return ({ table, rows, done }) => {
    const line = `${table}: ${counted(rows)}`
    if (done) process.stderr.write(terminal ? `\r${line}\n` : `${line}\n`)
    else if (terminal && Date.now() - drawnAtMs > REDRAW_MS) {
      drawnAtMs = Date.now()
      process.stderr.write(`\r${line}`)
    }
  }
}

export function totals({ tables }: Summary): string {
  const rows = tables.reduce((sum, one) => sum + one.rows, 0)
  return `${counted(rows)} of ${tables.length} tables`
}

/** The database's own troubles are said as they come; what goes well is not. */
export const terseLog: StorageLog = {
  info: () => {},
  warn: (_detail, message) => {
    tell(message)
  },
  error: (_detail, message) => {
    tell(message)
  },
}

/** Ctrl-C and SIGTERM end the work in an orderly way; a second one ends it at once. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const stop = () => {
    controller.abort()
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, stop)
  try {
    return await work(controller.signal)
  } finally {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, stop)
  }
}

const counted = (rows: number): string => `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`
