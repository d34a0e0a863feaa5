import type { Request, Response } from 'express'
import { RosterSnapshot, type RosterChange, type StreamEnd } from '../../shared/wire/index.ts'
import { mayRead } from '../access/index.ts'
import { RollbookError } from '../errors.ts'
import { hideEmail, type LiveRosters } from '../rosters/index.ts'
import { gatheringRoute, type GatheringCall, type Route } from './route.ts'
import type { SessionKeeper } from './session-keeper.ts'

const KEEP_ALIVE_MS = 15_000
/** How often it is asked whether an open stream may go on. */
const ACCESS_MS = 2_000
/** A reader that does not read is cut off at this many buffered bytes; it comes back and takes a snapshot. */
const MOST_BUFFERED = 8 * 1024 * 1024

export interface LiveRouteParts {
  live: LiveRosters
  keeper: SessionKeeper
  onError: (error: unknown) => void
  /** Open streams, so that a stopping server can tell them. */
  streams: Set<(end: StreamEnd) => void>
}

/** The live list: as a stream of server-sent events, and as one answer for readers that cannot stream. */
export function liveRoutes(parts: LiveRouteParts): Route[] {
  return [
    gatheringRoute({
      method: 'get',
      path: '/api/gatherings/:gathering/roster',
      summary: 'The roster as of now; 204 when nothing changed after the version given as `after`.',
      access: { who: 'gathering', field: 'people' },
      answer: RosterSnapshot,
      handle: async (req, res, call) => {
        const snapshot = await snapshotFor(parts.live, call)
        if (Number(req.query['after'] ?? Number.NaN) === snapshot.version) {
          res.status(204).end()
          return
        }
        res.set('Cache-Control', 'no-store').json(snapshot)
      },
    }),
    gatheringRoute({
      method: 'get',
      path: '/api/gatherings/:gathering/live',
      summary: 'Server-sent events: `snapshot`, then `change`s; `Last-Event-ID` resumes after that version.',
      access: { who: 'gathering', field: 'people' },
      handle: (req, res, call) => stream(req, res, call, parts),
    }),
  ]
}

async function stream(
  req: Request,
  res: Response,
  call: GatheringCall,
  parts: LiveRouteParts,
): Promise<void> {
  const early: RosterChange[] = []
  let send = (change: RosterChange): void => {
    early.push(change)
  }
  const unwatch = parts.live.watch(call.viewer.installationId, call.gatheringId, (change) => {
    send(change)
  })
  let snapshot: RosterSnapshot
  try {
    snapshot = await snapshotFor(parts.live, call)
  } catch (error) {
    unwatch()
    throw error
  }
  // Whoever left meanwhile will not say so again.
  if (res.closed) {
    unwatch()
    return
  }

  res.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  })
  const write = (text: string): void => {
    if (res.writableEnded) return
    if (res.writableLength > MOST_BUFFERED) res.destroy()
    else res.write(text)
  }
  let reader = call
  const sendChange = (change: RosterChange): void => {
    write(event('change', projectChange(change, reader), change.version))
  }
  const sendAnew = async (now: GatheringCall): Promise<void> => {
    reader = now
    const anew = await snapshotFor(parts.live, now)
    write(event('snapshot', anew, anew.version))
  }

  const since = resumePoint(req)
  const missed = since === null ? null : parts.live.changesAfter(call.gatheringId, since)
  if (missed === null) write(event('snapshot', snapshot, snapshot.version))
  else for (const change of missed) sendChange(change)
  for (const change of early) if (change.version > snapshot.version) sendChange(change)
  send = sendChange

  const end = (last: StreamEnd): void => {
    write(event('ended', last))
    res.end()
  }
  const keepAlive = setInterval(() => {
    write(': still here\n\n')
  }, KEEP_ALIVE_MS)
  const unwatchAccess = watchAccess(parts, call, (now) => {
    if (now === null) end({ code: 'session_revoked' })
    else void sendAnew(now).catch(parts.onError)
  })
  const unwatchSession = parts.keeper.watch(
    call.session,
    (code) => {
      end({ code })
    },
    parts.onError,
  )
  parts.streams.add(end)
  res.on('close', () => {
    clearInterval(keepAlive)
    unwatchSession()
    unwatchAccess()
    unwatch()
    parts.streams.delete(end)
  })
}

/**
 * Asks every few seconds what the viewer may read now, since a host decides about co-hosts while they look. Tells once when
 * it is nothing any more (null), and every time when addresses come or go; returns how to stop.
 */
function watchAccess(
  { keeper, onError }: LiveRouteParts,
  call: GatheringCall,
  onChange: (now: GatheringCall | null) => void,
): () => void {
  let before = call
  const look = async (): Promise<void> => {
    const reached = await keeper.reach(call.session, call.gatheringId)
    if (reached === null || !mayRead(reached.viewer, reached.access, 'people')) {
      clearInterval(timer)
      onChange(null)
      return
    }
    const now = { ...call, ...reached }
    const changed = seesEmails(now) !== seesEmails(before)
    before = now
    if (changed) onChange(now)
  }
  const timer = setInterval(() => {
    look().catch(onError)
  }, ACCESS_MS)
  timer.unref()
  return () => {
    clearInterval(timer)
  }
}

/** The roster as this viewer may see it. @throws RollbookError not_found */
async function snapshotFor(live: LiveRosters, call: GatheringCall): Promise<RosterSnapshot> {
  const snapshot = await live.snapshot(call.viewer.installationId, call.gatheringId)
  if (snapshot === null) throw new RollbookError('not_found', 'This gathering is not there any more.')
  return seesEmails(call) ? snapshot : { ...snapshot, people: snapshot.people.map(hideEmail) }
}

/** Whether rows and exports of this call hold addresses. */
export function seesEmails(call: GatheringCall): boolean {
  return mayRead(call.viewer, call.access, 'emails')
}

function projectChange(change: RosterChange, call: GatheringCall): RosterChange {
  return seesEmails(call) ? change : { ...change, upserts: change.upserts.map(hideEmail) }
}

function resumePoint(req: Request): number | null {
  const version = Number(req.get('last-event-id') ?? Number.NaN)
  return Number.isSafeInteger(version) ? version : null
}

function event(name: string, data: object, id?: number): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}
