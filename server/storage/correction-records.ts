import type { Selectable } from 'kysely'
import type { CorrectionAct } from '../../shared/wire/index.ts'
import type { CorrectionRecord, LearnedAlias } from '../rosters/host-ports.ts'
import type { Parts } from './parts.ts'
import { openJson, sealJson } from './sealing/index.ts'
import type { Tables } from './tables.ts'
import type { Database } from './tenancy.ts'

export type CorrectionRow = Selectable<Tables['corrections']>

/** What a correction says, what its connections went by besides, and what can be learned from it; all of it names people. */
export interface Said {
  act: CorrectionAct
  also?: CorrectionRecord['also']
  learned: readonly LearnedAlias[]
}

/** Corrections as rows with what they say. */
export async function openCorrections(
  { vault }: Parts,
  installationId: string,
  rows: CorrectionRow[],
  trx?: Database,
): Promise<(Said & { row: CorrectionRow })[]> {
  if (rows.length === 0) return []
  const { data } = await vault.keysOf(installationId, trx)
  return rows.map((row) => ({
    ...(openJson(data, correctionPlace(installationId, row.seq), row.sealed) as Said),
    row,
  }))
}

/** What a correction says, as it is kept. */
export async function sealCorrection(
  { vault }: Parts,
  trx: Database,
  { installationId, seq }: { installationId: string; seq: number },
  said: Said,
): Promise<Buffer> {
  const { data } = await vault.keysOf(installationId, trx)
  return sealJson(data, correctionPlace(installationId, seq), said)
}

export const toRecord = (row: CorrectionRow, { act, also }: Omit<Said, 'learned'>): CorrectionRecord => ({
  ...{ seq: row.seq, act, memberId: row.member_id, atMs: row.at_ms, undone: row.undone_at_ms !== null },
  ...(also === undefined ? {} : { also }),
})

/** The keys of connections a correction names. */
export const keysOf = (act: CorrectionAct): readonly string[] =>
  'connections' in act ? act.connections : [act.connection]

/** A key begins with the UUID of its meeting. */
export const meetingOf = (key: string): string => key.slice(0, Math.max(0, key.indexOf('|')))

const correctionPlace = (installationId: string, seq: number) => ({
  installationId,
  table: 'corrections',
  rowId: String(seq),
})
