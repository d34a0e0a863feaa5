import type { GatherProgress } from '../../shared/people/index.ts'
import { harmless, tell } from './progress.ts'

/** What is read sooner needs no telling. */
const QUIET_MS = 700
const REDRAW_MS = 100
/** A log gets a line this often at most. */
const LINE_MS = 5_000
const BAR = 24

export interface ReadingProgress {
  report: GatherProgress
  /** Takes the bar away. */
  end: () => void
}

/** Tells on standard error how far reading has come: a bar on a terminal, plain lines elsewhere, nothing for a quick file. */
export function tellReading(
  terminal = process.stderr.isTTY,
  clock: () => number = performance.now.bind(performance),
): ReadingProgress {
  const startMs = clock()
  let toldMs = startMs
  let drawn = 0
  const wipe = (): string => (drawn > 0 ? `\r${' '.repeat(drawn)}\r` : '')
  return {
    report(file, part) {
      const nowMs = clock()
      if (nowMs - startMs < QUIET_MS || nowMs - toldMs < (terminal ? REDRAW_MS : LINE_MS)) return
      toldMs = nowMs
      const percent = part === null ? '' : ` ${Math.floor(part * 100)} %`
      if (!terminal) {
        tell(`Reading ${file}${percent}`)
        return
      }
      const full = Math.round((part ?? 0) * BAR)
      const bar = part === null ? '' : `${'█'.repeat(full)}${'░'.repeat(BAR - full)}`
      const line = `${bar}${percent.padStart(6)}  ${harmless(file.slice(-40))}`
      process.stderr.write(wipe() + line)
      drawn = line.length
    },
    end() {
      if (terminal) process.stderr.write(wipe())
      drawn = 0
    },
  }
}
