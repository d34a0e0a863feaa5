import type { Person } from '../people.ts'
import { summarise } from '../presence/presence.ts'
import { comesAnyway } from '../presence/standing.ts'
import { isApproved, type Expected, type Matched } from './match.ts'

/**
 * How a list of those who should come and the people who came add up. People: `registered + walkIns + staff` is who came.
 * The list: `came + waitedOnly + absent` is who was approved; one person may have been approved twice, so `registered` may be
 * less than `came`.
 */
export interface ExpectedSums {
  approved: number
  pending: number
  denied: number
  cancelled: number
  /** Of the approved. */
  came: number
  waitedOnly: number
  absent: number
  /** Of the people. */
  registered: number
  walkIns: number
  /** Hosts, co-hosts and panelists who are not on the list: they come anyway. */
  staff: number
  /** Of the walk-ins: by the link of somebody else. */
  byForeignLink: number
}

/** Adds up at an instant (epoch ms). People who were only in the waiting room did not come; `stage` comes anyway. */
export function sumsOf(
  people: readonly Person[],
  list: readonly Expected[],
  matched: Matched,
  atMs: number,
  stage: ReadonlySet<Person> = new Set(),
): ExpectedSums {
  const sums: ExpectedSums = {
    ...{ approved: 0, pending: 0, denied: 0, cancelled: 0, came: 0 },
    ...{ waitedOnly: 0, absent: 0 },
    ...{ registered: 0, walkIns: 0, staff: 0, byForeignLink: 0 },
  }
  for (const { standing } of list) sums[standing] += 1
  const came = new Set<Expected>()
  for (const person of people) {
    if (summarise([person], atMs).came === 0) continue
    const approved = matched.of(person).filter(isApproved)
    for (const expected of approved) came.add(expected)
    if (approved.length > 0) sums.registered += 1
    else if (stage.has(person) || comesAnyway(person.role)) sums.staff += 1
    else {
      sums.walkIns += 1
      if (matched.linkOf(person) !== null) sums.byForeignLink += 1
    }
  }
  sums.came = came.size
  sums.absent = matched.absent.length
  sums.waitedOnly = sums.approved - sums.came - sums.absent
  return sums
}
