import type { Imports } from './ports.ts'

/** Word of a meeting may come to another process, or by a panel: then this long. */
const LOOK_EVERY_MS = 60_000

/**
 * Brings imported meetings together with those that Zoom or a panel told of since; as the due loop wants it. `news`:
 * something was told of a meeting.
 */
export function createAdoptionWork({
  imports,
  clock,
}: {
  imports: Pick<Imports, 'adopt'>
  clock: () => number
}) {
  let hasNews = true
  let lookAtMs = -Infinity
  return {
    name: 'imported meetings',
    news(): void {
      hasNews = true
    },
    async runDue(): Promise<number> {
      const nowMs = clock()
      if (!hasNews && nowMs < lookAtMs) return 0
      hasNews = false
      lookAtMs = nowMs + LOOK_EVERY_MS
      return imports.adopt()
    },
  }
}
