import { useEffect, useState } from 'preact/hooks'

/** What a timer can wait for at most: a 32-bit number of milliseconds. */
const LONGEST_MS = 2 ** 31 - 1

/** The reader's time. Renders again once `turnsAtMs` has passed, for words that change then; null: they never do. */
export function useNow(turnsAtMs: number | null): number {
  const [, renderAgain] = useState(0)
  useEffect(() => {
    const waitMs = turnsAtMs === null ? 0 : turnsAtMs - Date.now() + 1
    if (waitMs <= 0 || waitMs > LONGEST_MS) return
    const turn = setTimeout(() => {
      renderAgain(Date.now())
    }, waitMs)
    return () => {
      clearTimeout(turn)
    }
  }, [turnsAtMs])
  return Date.now()
}
