import type { Policy } from './policy.ts'

/** The rules until a host sets others: what holds where no scope says otherwise. */
export const defaultPolicy: Policy = {
  lateAfterMinutes: 5,
  leftEarlyMinutes: 5,
  returnedAfterMinutes: 5,
  minPercent: 75,
  base: { kind: 'actual', from: 'start' },
  breaks: [],
  zone: 'UTC',
  labels: [],
}
