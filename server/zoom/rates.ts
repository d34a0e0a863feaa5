import type { RateLabel } from './capabilities.ts'

export type ZoomPlan = 'free' | 'pro' | 'business'

export interface Rate {
  perSecond: number
  /** Calls a UTC day; null: no limit is published. */
  perDay: number | null
}

/**
 * What Zoom allows all apps of one account together. Of paid plans the daily figure of `heavy` is shared with the
 * resource-intensive calls, of which we make none.
 *
 * @see https://developers.zoom.us/docs/api/rate-limits/
 */
export const rates: Record<ZoomPlan, Record<RateLabel, Rate>> = {
  free: {
    light: { perSecond: 4, perDay: 6_000 },
    medium: { perSecond: 2, perDay: 2_000 },
    heavy: { perSecond: 1, perDay: 1_000 },
  },
  pro: {
    light: { perSecond: 30, perDay: null },
    medium: { perSecond: 20, perDay: null },
    heavy: { perSecond: 10, perDay: 30_000 },
  },
  business: {
    light: { perSecond: 80, perDay: null },
    medium: { perSecond: 60, perDay: null },
    heavy: { perSecond: 40, perDay: 60_000 },
  },
}
