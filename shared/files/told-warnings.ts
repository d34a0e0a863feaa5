import type { FileWarning, WarningCode } from './warnings.ts'

/** So many of one code in one file are told one by one. */
const MOST = 20
const LONGEST_VALUE = 60

export interface ToldWarnings {
  warn: (code: WarningCode, line: number | null, value?: string, count?: number) => void
  /** Tells how many more there were of each code. */
  end: () => void
}

/** Passes warnings of a file on, so that a million bad rows are twenty warnings and a number. */
export function createWarnings(file: string, tell: (warning: FileWarning) => void): ToldWarnings {
  const counts = new Map<WarningCode, number>()
  return {
    warn(code, line, value, count) {
      const before = counts.get(code) ?? 0
      counts.set(code, before + 1)
      if (before >= MOST) return
      const text = value?.trim().slice(0, LONGEST_VALUE)
      const shown = text === undefined || text === '' ? {} : { value: text }
      tell({ code, file, line, ...shown, ...(count === undefined ? {} : { count }) })
    },
    end() {
      for (const [code, count] of counts)
        if (count > MOST) tell({ code, file, line: null, count: count - MOST })
    },
  }
}
