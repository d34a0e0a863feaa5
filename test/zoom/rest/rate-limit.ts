/**
 * Zoom's limits per second, shared by all apps of one Zoom account and counted on the simulation's clock.
 *
 * @see https://developers.zoom.us/docs/api/rate-limits/
 */
export type Label = 'light' | 'medium' | 'heavy'
/** Calls a second; the published figures of a Pro account are `PRO_LIMITS`. */
export type Limits = Record<Label, number>

export const PRO_LIMITS: Limits = { light: 30, medium: 20, heavy: 10 }

const SECOND_MS = 1_000

/** Says of every call whether it is still allowed; a refused one does not count. */
export function createRateLimit(now: () => number): {
  allows(accountId: string, label: Label, limits: Limits | null): boolean
} {
  const lately = new Map<string, number[]>()
  return {
    allows(accountId, label, limits) {
      const key = `${label} ${accountId}`
      const recent = (lately.get(key) ?? []).filter((atMs) => atMs > now() - SECOND_MS)
      const allowed = limits === null || recent.length < limits[label]
      if (allowed) recent.push(now())
      lately.set(key, recent)
      return allowed
    },
  }
}
