import { flips, measure, sidesOf, type Measured } from '../../shared/attendance/presence/share.ts'
import type { GatheringHead, PersonRow } from '../../shared/wire/index.ts'
import { inside } from './curve.ts'

type Base = NonNullable<GatheringHead['base']>

/** Those of a list who came, under another minimum. Whom the host marked stand where the host put them. */
export interface WhatIf {
  passing: number
  /** Of how many it can be told, by their times or by the host's word, and of how many not. */
  known: number
  unknown: number
  /** Compared with where the minimum stood: who passes only now, who passed only then; who is within two minutes of the line; all by name. */
  gained: string[]
  lost: string[]
  close: string[]
}

/**
 * Asks who would reach a minimum of `to` percent, compared with `from`. Reads the rows as they are drawn, so no server is asked,
 * and everybody is measured once however often the slider moves.
 */
export function createWhatIf(all: readonly PersonRow[], base: Base): (from: number, to: number) => WhatIf {
  // Who got no further than the waiting room is not among those who came, whatever the host said of them.
  const rows = all.filter(({ firstJoin }) => firstJoin !== null)
  const spans = base.spans.map((span) => ({ fromMs: Date.parse(span.from), toMs: Date.parse(span.to) }))
  const endMs = spans.at(-1)?.toMs ?? 0
  const isMarked = ({ host }: PersonRow) => (host?.mark ?? null) !== null
  const marked = rows.filter(isMarked)
  const markedPresent = marked.filter(({ host }) => host?.mark?.mark === 'present').length
  const told = rows.filter((row) => row.share !== null && !isMarked(row))
  const measured: Measured<PersonRow>[] = told.map((person) => ({
    person,
    measured: measure({ meetings: [{ meeting: 0, stays: inside(person, endMs) }] }, [{ meeting: 0, spans }]),
  }))
  return (from, to) => {
    const sides = sidesOf(measured, to / 100)
    const flipped = flips(measured, from / 100, to / 100)
    return {
      passing: sides.passing.length + markedPresent,
      known: told.length + marked.length,
      unknown: rows.length - told.length - marked.length,
      gained: namesOf(flipped.gained),
      lost: namesOf(flipped.lost),
      close: namesOf(sides.close.map(({ person }) => person)),
    }
  }
}

const namesOf = (people: readonly PersonRow[]): string[] => people.map(({ name }) => name)
