import { aliasesIn } from '../../shared/attendance/corrections/aliases.ts'
import { namedBy } from '../../shared/attendance/corrections/corrections.ts'
import { alsoOf, correct, isAddress, namedNow, type Person } from '../../shared/attendance/index.ts'
import { CorrectionAct, CorrectionAnswer, CorrectionList } from '../../shared/wire/index.ts'
import { RollbookError } from '../errors.ts'
import {
  aboutNow,
  correctionItems,
  hideInCorrection,
  holdersOf,
  type Behind,
  type CorrectionRecord,
  type Corrections,
  type LearnedAlias,
  type LiveRosters,
} from '../rosters/index.ts'
import { behindOf, behindRoute } from './behind.ts'
import { isCount, readCursor, writeCursor } from './query.ts'
import { gatheringRoute, type GatheringCall, type Route } from './route.ts'
import { parseBody } from './validate.ts'

const PAGE = 200
/** More nobody makes by hand of one list; whoever reads it opens them all. Those taken back count: they can be put back. */
const MOST_CORRECTIONS = 10_000

export interface CorrectionRouteParts {
  live: LiveRosters
  corrections: Corrections
  clock: () => number
  /** Who came is counted anew. */
  wakeDue: () => void
}

/** What the host says on top of the evidence. Every act can be taken back, and put back, in any order. */
export function correctionRoutes(parts: CorrectionRouteParts): Route[] {
  const { live, corrections, clock } = parts
  return [
    behindRoute(live, {
      path: '/api/gatherings/:gathering/corrections',
      summary: `What the host corrected, the newest first, what was taken back among it, ${PAGE} a page. Who may not read addresses gets \`…\` for them, for reasons and for keys.`,
      query: { cursor: 'The `nextCursor` of the page before.' },
      answer: CorrectionList,
      read: (behind, { viewer }, req) => {
        const before = readCursor(req, isCount)?.[0] ?? Infinity
        const older = behind.corrections.filter(({ seq }) => seq < before)
        const items = correctionItems(behind, older.slice(-PAGE), viewer.memberId)
        const oldest = items.at(-1)
        return { items, nextCursor: oldest && older.length > PAGE ? writeCursor([oldest.seq]) : null }
      },
      hide: (list) => ({ ...list, items: list.items.map(hideInCorrection) }),
    }),
    gatheringRoute({
      method: 'post',
      path: '/api/gatherings/:gathering/corrections',
      summary:
        'Corrects the list: who is who, what they are called, whether they count as present. Every connection it names must be on the list now (409). Of two at once both are kept, in the order of `seq`. A gathering keeps 10,000 (409 `corrections_full`). An address may be of any script; what is none is 422 `email_invalid`.',
      access: { who: 'gathering', field: 'manage', fresh: true },
      body: CorrectionAct,
      answer: CorrectionAnswer,
      handle: async (req, res, call) => {
        const act = parseBody(CorrectionAct, req.body)
        if (act.kind === 'email' && act.email !== null && !isAddress(act.email)) throw noAddress()
        const behind = await behindOf(live, call)
        const holders = holdersOf(behind.people, [act])
        if (namedBy(act).some((key) => !holders.has(key))) throw changedMeanwhile()
        const record = await corrections.make(call.viewer, call.gatheringId, {
          ...{ act, also: alsoIn(holders, act), learned: learnedFrom(behind, act) },
          ...{ atMs: clock(), most: MOST_CORRECTIONS },
        })
        if (record === 'conflict') throw changedMeanwhile()
        if (record === 'full') throw noMore()
        parts.wakeDue()
        res.status(201).json(await answerOf(live, call, record))
      },
    }),
    turnRoute(parts, {
      path: '/api/gatherings/:gathering/corrections/:seq/undo',
      summary: 'Takes a correction back; the others stay as they are. Taken back already, nothing changes.',
      undone: true,
    }),
    turnRoute(parts, {
      path: '/api/gatherings/:gathering/corrections/:seq/redo',
      summary: 'Puts a correction back in its place among the others. Never taken back, nothing changes.',
      undone: false,
    }),
  ]
}

function turnRoute(
  { live, corrections, clock, wakeDue }: CorrectionRouteParts,
  { path, summary, undone }: { path: string; summary: string; undone: boolean },
): Route {
  return gatheringRoute({
    method: 'post',
    ...{ path, summary },
    access: { who: 'gathering', field: 'manage', fresh: true },
    answer: CorrectionAnswer,
    handle: async (req, res, call) => {
      const text = String(req.params['seq'])
      const seq = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
      const turned = await corrections.setUndone(call.viewer, call.gatheringId, {
        ...{ seq, undone, atMs: clock() },
      })
      if (turned === null) {
        throw new RollbookError(
          'not_found',
          'This gathering has no such correction. Load its corrections again.',
        )
      }
      if (turned.outcome === 'done') wakeDue()
      res.json(await answerOf(live, call, turned.record))
    },
  })
}

/** Whom the correction is about, on the list as it is with it. */
async function answerOf(
  live: LiveRosters,
  call: GatheringCall,
  record: CorrectionRecord,
): Promise<CorrectionAnswer> {
  // Other processes hear of it by themselves.
  live.wake(call.gatheringId)
  const behind = await behindOf(live, call)
  const [now = record] = namedNow(behind.people, [record])
  const [correction] = correctionItems(behind, [now], call.viewer.memberId)
  if (!correction) throw new Error('A correction that was kept is told.')
  const person = aboutNow(now.act, holdersOf(behind.people, [now.act]))
  return { correction, personId: (person && behind.ids.get(person)) ?? null }
}

/** For each connection it names what else that goes by: lists are read anew, and then not every key is there again. */
function alsoIn(holders: ReadonlyMap<string, Person>, act: CorrectionAct): string[][] {
  return namedBy(act).map((key) => {
    const connection = holders.get(key)?.connections.find(({ keys }) => keys.includes(key))
    return connection ? alsoOf(connection, key) : []
  })
}

/** What later gatherings of the number may propose because of it. */
function learnedFrom({ people }: Behind, act: CorrectionAct): LearnedAlias[] {
  if (act.kind !== 'merge' && act.kind !== 'rename') return []
  const corrected = correct(people, [{ seq: Number.MAX_SAFE_INTEGER, act }]).people
  const person = aboutNow(act, holdersOf(corrected, [act]))
  return person === null ? [] : aliasesIn([person])
}

const noAddress = (): RollbookError =>
  new RollbookError(
    'email_invalid',
    'This is no e-mail address: it needs something before one @ and a domain with a dot after it, 254 characters at most. Correct it and send it again, or null for none.',
    { fields: [{ path: 'email', message: 'no e-mail address' }] },
  )

const noMore = (): RollbookError =>
  new RollbookError(
    'corrections_full',
    `This gathering has ${MOST_CORRECTIONS} corrections, those taken back among them, and keeps no more. Take one back, or put one back, instead of making another.`,
  )

const changedMeanwhile = (): RollbookError =>
  new RollbookError(
    'conflict',
    'The list has changed: a connection this names is not on it (any more). Look at the person as they are now and try again.',
  )
