import type { Role } from './evidence.ts'

/** From the one who says least to the one who says most: of two roles told of one instant the later here counts. */
export const roles = ['unknown', 'attendee', 'panelist', 'cohost', 'host'] as const satisfies readonly Role[]

/** Ascending by `roles`, for sorting. */
export const byRole = (a: Role, b: Role): number => roles.indexOf(a) - roles.indexOf(b)
