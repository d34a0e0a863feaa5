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
/** Gatherings of which it is remembered how far they were looked through. */
const MOST_REMEMBERED = 1_000

/** Facts that tie a name to a Zoom user. */
const NAMING = ['participant_joined', 'role_changed', 'report_row'] as const
type Naming = Extract<Fact, { kind: (typeof NAMING)[number] }>

/** Of one member: everything up to `throughSeq` was looked at, and they were last named at `seq`; null: nowhere. */
interface Looked {
  throughSeq: number
  seq: number | null
}

/**
 * What members were last called, looked up in evidence as it stands: nothing is folded, and no name is kept beside the evidence
 * it came with, so one that is redacted there is gone here. Open settings are read every few seconds, so where a name stands, or
 * that it stands nowhere, is remembered, and besides that only what is newer is opened.
 */
export function createCohostNames(parts: Parts): Pick<Cohosts, 'names' | 'recogniser'> {
  const { db, vault } = parts
  const remembered = new Map<string, Map<string, Looked>>()
  return {
    async names({ installationId }, seenIn) {
      const recognise = await recogniserOf(
        parts,
        installationId,
        seenIn.map(({ memberId }) => memberId),
      )
      const names = new Map<string, string>()
      let left = MOST_FACTS
      const gatheringIds = [...new Set(seenIn.map((seen) => seen.gatheringId))].slice(0, MOST_GATHERINGS)
      for (const gatheringId of gatheringIds) {
        const here = seenIn.filter((seen) => seen.gatheringId === gatheringId)
        const missing = new Set(here.map((seen) => seen.memberId).filter((memberId) => !names.has(memberId)))
        if (missing.size === 0) continue
        const meetingIds = await meetingsOf(installationId, gatheringId)
        if (meetingIds.length === 0) continue
        left -= await lookIn({ installationId, meetingIds, missing, recognise, names, most: left })
        if (left <= 0) break
      }
      return names
    },

    recogniser: ({ installationId }, memberIds) => recogniserOf(parts, installationId, memberIds),
  }

  /** Adds the names of those of `missing` who are named in these meetings; answers how many facts it opened, at most `most`. */
  async function lookIn(input: {
    installationId: string
    meetingIds: string[]
    missing: ReadonlySet<string>
    recognise: (zoomUserId: string) => string | null
    names: Map<string, string>
    most: number
  }): Promise<number> {
    const { installationId, meetingIds, missing, recognise, names, most } = input
    const looked = lookedAt([installationId, ...meetingIds].join(' '))
    const known = [...missing].map((memberId) => looked.get(memberId) ?? { throughSeq: 0, seq: null })
    const where = {
      afterSeq: Math.min(...known.map(({ throughSeq }) => throughSeq)),
      orAt: known.flatMap(({ seq }) => seq ?? []),
    }
    let { afterSeq: throughSeq } = where
    let opened = 0
    const found = new Map<string, number>()
    for await (const { seq, fact } of newestNaming(installationId, meetingIds, where)) {
      throughSeq = Math.max(throughSeq, seq)
      opened++
      const { name, keys } = fact
      const memberId = keys.zoomUserId === null || name.trim() === '' ? null : recognise(keys.zoomUserId)
      if (memberId !== null && missing.has(memberId) && !found.has(memberId)) {
        found.set(memberId, seq)
        names.set(memberId, name)
      }
      if (found.size === missing.size || opened >= most) break
    }
    // What others left too little for is looked through next time; what had all there is would end the same way.
    const through = opened < most || most === MOST_FACTS
    for (const memberId of missing) {
      const seq = found.get(memberId) ?? null
      // Where it stood it was redacted; perhaps an older one is there.
      const redacted = seq === null && (looked.get(memberId)?.seq ?? null) !== null
      if (redacted) looked.delete(memberId)
      else if (seq !== null || through) looked.set(memberId, { throughSeq, seq })
    }
    return opened
  }

  function lookedAt(place: string): Map<string, Looked> {
    const looked = remembered.get(place) ?? new Map<string, Looked>()
    remembered.delete(place)
    remembered.set(place, looked)
    const [oldest] = remembered.keys()
    if (oldest !== undefined && remembered.size > MOST_REMEMBERED) remembered.delete(oldest)
    return looked
  }

  async function meetingsOf(installationId: string, gatheringId: string): Promise<string[]> {
    if (!isUuid(gatheringId)) return []
    const meetings = await db
      .selectFrom('meetings')
      .select('id')
      .where('installation_id', '=', installationId)
      // A gathering that was joined into another is found by the meetings it had.
      .where((eb) => eb.or([eb('gathering_id', '=', gatheringId), eb('home_gathering_id', '=', gatheringId)]))
      .orderBy('id')
      .execute()
    return meetings.map(({ id }) => id)
  }

  async function* newestNaming(
    installationId: string,
    meetingIds: readonly string[],
    { afterSeq, orAt }: { afterSeq: number; orAt: readonly number[] },
  ): AsyncGenerator<{ seq: number; fact: Naming }> {
    const { data } = await vault.keysOf(installationId)
    let before = Number.MAX_SAFE_INTEGER
    for (;;) {
      const rows = await db
        .selectFrom('evidence')
        .select(['seq', 'meeting_id', 'fact_key', 'payload'])
        .where('installation_id', '=', installationId)
        .where('meeting_id', 'in', meetingIds)
        .where('kind', 'in', NAMING)
        .where('payload', 'is not', null)
        .where('seq', '<', before)
        .where((eb) =>
          orAt.length === 0
            ? eb('seq', '>', afterSeq)
            : eb.or([eb('seq', '>', afterSeq), eb('seq', 'in', orAt)]),
        )
        .orderBy('seq', 'desc')
        .limit(PAGE)
        .execute()
      for (const { seq, meeting_id, fact_key, payload } of rows) {
        if (payload === null) continue
        const place = evidencePlace(installationId, meeting_id, fact_key)
        yield { seq, fact: openJson(data, place, payload) as Naming }
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
