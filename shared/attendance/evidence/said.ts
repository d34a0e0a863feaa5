import { byText } from '../compare.ts'
import type { EmailShared, Fact, PhoneBound, Place, Role, Witness } from '../evidence.ts'
import type { Group, Seen } from '../connections/group.ts'

/** What one witness said of a connection, as it said it: a message, a row, or equal readings of a list in a row. Epoch ms. */
export interface Said {
  witness: Witness
  kind: Exclude<Fact['kind'], 'meeting_started' | 'meeting_ended' | 'report_batch'>
  atMs: number
  /** The end of a row, or the last of several equal readings. */
  untilMs: number | null
  name: string | null
  /** An address, or what a file has in the place of one. */
  email: string | null
  place: Place['kind'] | null
  role: Role | null
  /** How many equal readings this stands for. */
  times: number
}

/**
 * Everything that counts of what witnesses said of one connection, by time. `apart`: facts without an account of a stretch,
 * which name it by one of its keys. [] for nothing.
 */
export function saidOf(groups: readonly Group[], apart: readonly (EmailShared | PhoneBound)[]): Said[] {
  return [
    ...groups
      .flatMap(({ told }) => told)
      .map((fact): Said => ({
        ...bare(fact),
        name: fact.name,
        email: fact.keys.email,
        ...(fact.kind === 'role_changed' ? { role: fact.newRole } : { place: fact.place.kind }),
      })),
    ...groups
      .flatMap(({ rows }) => rows)
      .map((row): Said => ({
        ...bare(row),
        ...{ untilMs: row.leftMs, name: row.name, email: row.keys.email, place: row.place.kind },
      })),
    ...groups
      .flatMap(({ imports }) => imports)
      .map(({ row }): Said => ({
        ...bare(row),
        ...{ untilMs: row.leftMs, name: row.name, place: row.place.kind },
        email: row.keys.email ?? row.emailAsWritten ?? null,
        role: row.role === 'unknown' ? null : row.role,
      })),
    ...readingsOf(groups.flatMap(({ seen }) => seen)),
    ...apart.map((fact): Said => ({
      ...bare(fact),
      email: fact.kind === 'email_shared' ? fact.email : null,
    })),
  ].sort((a, b) => a.atMs - b.atMs || byText(a.kind, b.kind) || byText(a.witness, b.witness))
}

const bare = ({ witness, kind, atMs }: { witness: Witness; kind: Said['kind']; atMs: number }): Said => ({
  ...{ witness, kind, atMs, untilMs: null },
  ...{ name: null, email: null, place: null, role: null, times: 1 },
})

/** A panel reads the list every few seconds: what it says again is told once, from the first time to the last. */
function readingsOf(seen: readonly Seen[]): Said[] {
  const said: Said[] = []
  for (const { witness, how, atMs, name, place, role } of [...seen].sort((a, b) => a.atMs - b.atMs)) {
    const kind = how === 'listed' ? 'panel_read' : 'panel_change'
    const last = said.at(-1)
    const isSame = last?.kind === 'panel_read' && last.name === name && last.place === place.kind
    if (last && isSame && kind === 'panel_read' && (last.role ?? 'unknown') === role) {
      last.untilMs = atMs
      last.times++
    } else {
      const told = { name, place: place.kind, role: role === 'unknown' ? null : role }
      said.push({ ...bare({ witness, kind, atMs }), ...told })
    }
  }
  return said
}
