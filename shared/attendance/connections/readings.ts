import type { PanelChange, PanelRead } from '../evidence.ts'
import type { Readings } from './seen-segments.ts'
import { BREAKOUT_RETURN_MS } from '../evidence/tolerances.ts'

/** What new readings changed for people they lack. */
export interface ReadingsChange {
  readings: Readings
  /** Nothing but later readings came: whoever was missing in the reading at `latestBeforeMs` already, stays so. */
  onlyLater: boolean
  latestBeforeMs: number
}

/** When panels read which complete list of one meeting, whatever order that is told in. */
export interface ReadingLog {
  note(fact: PanelRead | PanelChange): void
  /** What changed since the last call; null for nothing. */
  take(): ReadingsChange | null
  lastMainMs(): number
}

/** The lists panels read in one meeting, none yet; noted in any order. */
export function createReadingLog(): ReadingLog {
  let main = new Set<number>()
  const waiting = new Set<number>()
  const fresh: number[] = []
  let lastMainMs = -Infinity
  /** From the first to the last word from inside a breakout room: then the main list is not the whole meeting. */
  let rooms: { fromMs: number; toMs: number } | null = null
  let changed = false
  let readings: Readings = { main: [], waiting: [], firstMainMs: null }

  return { note, take, lastMainMs: () => lastMainMs }

  function note({ kind, scope, atMs }: PanelRead | PanelChange): void {
    if (scope.kind === 'breakout') {
      rooms = { fromMs: Math.min(rooms?.fromMs ?? atMs, atMs), toMs: Math.max(rooms?.toMs ?? atMs, atMs) }
      changed = true
      return
    }
    if (kind !== 'panel_read') return
    changed = true
    fresh.push(atMs)
    if (scope.kind === 'waiting') waiting.add(atMs)
    else {
      main.add(atMs)
      lastMainMs = Math.max(lastMainMs, atMs)
    }
  }

  function take(): ReadingsChange | null {
    if (!changed) return null
    const before = readings
    const sorted = [...main].sort((a, b) => a - b)
    main = new Set(sorted)
    readings = {
      main: sorted.filter(isWhole),
      waiting: [...waiting].sort((a, b) => a - b),
      firstMainMs: sorted[0] ?? null,
    }
    const latestBeforeMs = before.main.at(-1) ?? -Infinity
    const onlyLater =
      fresh.every((atMs) => atMs > latestBeforeMs) &&
      readings.firstMainMs === before.firstMainMs &&
      before.main.every((atMs, i) => readings.main[i] === atMs)
    fresh.length = 0
    changed = false
    return { readings, onlyLater, latestBeforeMs }
  }

  function isWhole(atMs: number): boolean {
    return !rooms || atMs < rooms.fromMs || atMs > rooms.toMs + BREAKOUT_RETURN_MS
  }
}
