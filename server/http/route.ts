import type { Request, Response } from 'express'
import type * as z from 'zod/mini'
import { RollbookError } from '../errors.ts'
import { isFresh, mayRead, type Field, type MemberViewer, type Reached } from '../access/index.ts'
import type { SessionKeeper } from './session-keeper.ts'

/**
 * Who may call a route. There is no default: a route without one does not compile, and a test walks the router for routes
 * that did not come from the table.
 */
export type Access = OpenAccess | SessionRule | GatheringRule

export type OpenAccess =
  /** Everybody; nothing personal is answered. */
  | { who: 'anyone' }
  /** Zoom, by its signature over the raw body. */
  | { who: 'zoom' }
  /** Whoever shows a Zoom app context that verifies. */
  | { who: 'context' }
  /** Whoever holds an unguessable one-time link. */
  | { who: 'link' }

/** Any session; what it may do is the viewer's own, or decided by the handler's port. `fresh` as below. */
export interface SessionRule {
  who: 'session'
  fresh?: true
}

/**
 * A session that may read this field of the gathering named in the path; `fresh`: by a context at most two minutes old, or in
 * a wide view once the meeting is over.
 */
export interface GatheringRule {
  who: 'gathering'
  field: Field
  fresh?: true
}

/**
 * A checked call about one gathering. `viewer` is whom to ask as, in the installation that has it; `session` is whose
 * session it is, which may be of another installation.
 */
export interface GatheringCall extends Reached {
  gatheringId: string
  session: MemberViewer
}

interface Described {
  method: 'get' | 'post' | 'delete'
  path: string
  /** One sentence for the API description. */
  summary: string
  /** What the query may hold, for the API description: a sentence each. */
  query?: Record<string, string>
  /** Headers of its own, for the API description: a sentence each. */
  headers?: Record<string, string>
  /** The body is the bytes of a file; the handler reads them itself. */
  bytes?: true
  /** Shapes for the API description; the handler still reads the body by its schema itself. */
  body?: z.ZodMiniType
  answer?: z.ZodMiniType
}

/** A line of the route table. `run` checks who calls, then answers. */
export interface Route extends Described {
  access: Access
  run: (req: Request, res: Response, keeper: SessionKeeper) => Promise<void>
}

/** A route whose callers are not told apart by a session; what proves them, if anything, is checked by its handler. */
export function openRoute(
  route: Described & { access: OpenAccess; handle: (req: Request, res: Response) => Promise<void> | void },
): Route {
  const { handle, ...described } = route
  return {
    ...described,
    run: async (req, res) => {
      await handle(req, res)
    },
  }
}

/** A route about the viewer and their installation: the session is read, then the handler runs. */
export function sessionRoute(
  route: Described & {
    access: SessionRule
    handle: (req: Request, res: Response, viewer: MemberViewer) => Promise<void>
  },
): Route {
  const { handle, ...described } = route
  const { fresh } = route.access
  return {
    ...described,
    run: async (req, res, keeper) => {
      const viewer = await keeper.viewerOf(req)
      if (fresh === true) requireFresh(viewer, keeper.clock())
      await handle(req, res, viewer)
    },
  }
}

/** A route about one gathering: the session is read, `mayRead` asked, and only then the handler runs. */
export function gatheringRoute(
  route: Described & {
    access: GatheringRule
    handle: (req: Request, res: Response, call: GatheringCall) => Promise<void>
  },
): Route {
  const { handle, ...described } = route
  const { field, fresh } = route.access
  return {
    ...described,
    run: async (req, res, keeper) => {
      const session = await keeper.viewerOf(req)
      const reached = await keeper.reach(session, String(req.params['gathering']))
      if (reached === null) {
        throw new RollbookError(
          'not_found',
          'There is no such gathering in your installation. Open the panel again.',
        )
      }
      if (!mayRead(reached.viewer, reached.access, field)) throw refusal(reached, field)
      if (fresh === true) requireFresh(session, keeper.clock(), !reached.access.ended)
      await handle(req, res, { ...reached, gatheringId: reached.access.gatheringId, session })
    },
  }
}

function requireFresh(viewer: MemberViewer, nowMs: number, live = false): void {
  if (isFresh(viewer, nowMs, live)) return
  if (viewer.via === 'browser')
    throw new RollbookError('context_stale', 'While the meeting runs, this is done in its panel in Zoom.')
  throw new RollbookError(
    'context_stale',
    'This needs an app context at most two minutes old. Exchange a new one at POST /api/session and try again.',
  )
}

function refusal({ viewer, access }: Reached, field: Field): RollbookError {
  const { ended, grants } = access
  if (field === 'manage') {
    return new RollbookError('forbidden', 'Only the host of this meeting may do this. Ask the host.')
  }
  if (field === 'export' && mayRead(viewer, access, 'people')) {
    return new RollbookError(
      'cohost_policy',
      'The host does not let co-hosts take this list away. Ask for access at POST …/access-requests.',
    )
  }
  if (field !== 'observe' && grants.length > 0) {
    return new RollbookError(
      'cohost_policy',
      ended
        ? 'The host lets co-hosts see nothing after the meeting. Ask for access at POST …/access-requests.'
        : 'While the meeting runs, its list is open in the panel of that meeting only. Open the panel there.',
    )
  }
  return new RollbookError(
    'forbidden',
    'Only the host and co-hosts of this meeting may do this. Ask the host.',
  )
}
