import type { Fact } from '../../shared/attendance/evidence.ts'
import type { Cohosts } from '../access/cohost-ports.ts'
import { evidencePlace } from './evidence.ts'
import { isUuid, type Parts } from './parts.ts'
import { openJson } from './sealing/index.ts'

/** Facts opened at a time, newest first: a class is found in the first page. */
const PAGE = 250
/** Looking for somebody whom Zoom names nowhere ends at some point. */
const MOST_GATHERINGS = 40
const MOST_FACTS = 20_000

/** Facts that tie a name to a Zoom user. */
const NAMING = ['participant_joined', 'role_changed', 'report_row'] as const
type Naming = Extract<Fact, { kind: (typeof NAMING)[number] }>

/**
 * What members were last called, looked up in evidence as it stands: nothing is folded, and no name is kept beside the evidence
 * it came with, so one that is redacted there is gone here.
 */
export function createCohostNames(parts: Parts): Pick<Cohosts, 'names' | 'recogniser'> {
  const { db, vault } = parts
  return {
    async names({ installationId }, seenIn) {
      const recognise = await recogniserOf(
        parts,
        installationId,
        seenIn.map(({ memberId }) => memberId),
      )
      const names = new Map<string, string>()
      let left = MOST_FACTS
      for (const gatheringId of [...new Set(seenIn.map((seen) => seen.gatheringId))].slice(
        0,
        MOST_GATHERINGS,
      )) {
        const missing = new Set(
          seenIn.filter((seen) => seen.gatheringId === gatheringId).map((seen) => seen.memberId),
        )
        for (const memberId of names.keys()) missing.delete(memberId)
        for await (const { name, keys } of latestNaming(installationId, gatheringId)) {
          if (missing.size === 0 || left-- <= 0) break
          if (keys.zoomUserId === null || name.trim() === '') continue
          const memberId = recognise(keys.zoomUserId)
          if (memberId === null || names.has(memberId)) continue
          names.set(memberId, name)
          missing.delete(memberId)
        }
      }
      return names
    },

    recogniser: ({ installationId }, memberIds) => recogniserOf(parts, installationId, memberIds),
  }

  async function* latestNaming(installationId: string, gatheringId: string): AsyncGenerator<Naming> {
    if (!isUuid(gatheringId)) return
    const meetings = await db
      .selectFrom('meetings')
      .select('id')
      .where('installation_id', '=', installationId)
      // A gathering that was joined into another is found by the meetings it had.
      .where((eb) => eb.or([eb('gathering_id', '=', gatheringId), eb('home_gathering_id', '=', gatheringId)]))
      .execute()
    if (meetings.length === 0) return
    const { data } = await vault.keysOf(installationId)
    let before = Number.MAX_SAFE_INTEGER
    for (;;) {
      const rows = await db
        .selectFrom('evidence')
        .select(['seq', 'meeting_id', 'fact_key', 'payload'])
        .where('installation_id', '=', installationId)
        .where(
          'meeting_id',
          'in',
          meetings.map(({ id }) => id),
        )
        .where('kind', 'in', NAMING)
        .where('payload', 'is not', null)
        .where('seq', '<', before)
        .orderBy('seq', 'desc')
        .limit(PAGE)
        .execute()
      for (const { meeting_id, fact_key, payload } of rows) {
        if (payload === null) continue
        yield openJson(data, evidencePlace(installationId, meeting_id, fact_key), payload) as Naming
      }
      const last = rows.at(-1)
      if (last === undefined || rows.length < PAGE) return
      before = last.seq
    }
  }
}

/** Tells which of the members a Zoom user id is; the same people come to meeting after meeting, so each is hashed once. */
async function recogniserOf(
  { db, vault }: Parts,
  installationId: string,
  memberIds: readonly string[],
): Promise<(zoomUserId: string) => string | null> {
  if (memberIds.length === 0) return () => null
  const rows = await db
    .selectFrom('members')
    .select(['id', 'zoom_user_hash'])
    .where('installation_id', '=', installationId)
    .where('id', 'in', [...memberIds])
    .execute()
  const memberOf = new Map(rows.map((row) => [row.zoom_user_hash, row.id]))
  const known = new Map<string, string | null>()
  return (zoomUserId) => {
    let memberId = known.get(zoomUserId)
    if (memberId === undefined) {
      memberId = memberOf.get(vault.zoomHash('zoom_user', zoomUserId)) ?? null
      known.set(zoomUserId, memberId)
    }
    return memberId
  }
}
