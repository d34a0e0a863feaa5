import * as z from 'zod/mini'
import { written } from './written.ts'

/** A key of a connection, as a person card tells it. */
const connection = z.string().check(z.minLength(1), z.maxLength(2_000))
const connections = z.array(connection).check(z.minLength(1), z.maxLength(500))

/**
 * What the host says about people, by connections, which are found again on every new list:
 * `merge`: all these are one person; `split`: these are a person of their own; `apart`: these two are not one, so do not propose
 * it again; `rename`, `email` (null: none), `label`, `mark`: about whoever is behind this connection.
 */
export const CorrectionAct = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('merge'), connections: connections.check(z.minLength(2)) }),
  z.object({ kind: z.literal('split'), connections }),
  z.object({ kind: z.literal('apart'), connections: z.array(connection).check(z.length(2)) }),
  z.object({
    kind: z.literal('rename'),
    connection,
    name: written(300),
  }),
  z.object({
    kind: z.literal('email'),
    connection,
    /** What is an address shared/attendance knows: `isAddress`. */
    email: z.nullable(z.string().check(z.trim(), z.toLowerCase(), z.maxLength(2_000))),
  }),
  z.object({
    kind: z.literal('label'),
    connection,
    label: written(60),
  }),
  z.object({
    kind: z.literal('mark'),
    connection,
    mark: z.enum(['present', 'absent']),
    reason: written(500),
  }),
])
export type CorrectionAct = z.infer<typeof CorrectionAct>

/** A correction as it stands. `seq` grows with every correction of the installation: they apply in that order. */
export const CorrectionItem = z.object({
  seq: z.int(),
  act: CorrectionAct,
  at: z.string(),
  /** Whether the viewer made it. */
  own: z.boolean(),
  /** Taken back; it can be put back. */
  undone: z.boolean(),
  /** None of its connections is on the list now, so it changes nothing. */
  idle: z.boolean(),
  /** The name of whoever it is about now; null when nobody is. */
  about: z.nullable(z.string()),
})
export type CorrectionItem = z.infer<typeof CorrectionItem>

/** `GET /api/gatherings/:gathering/corrections`: the newest first, 200 a page. */
export const CorrectionList = z.object({
  items: z.array(CorrectionItem),
  /** Hand it back as `cursor` for the next page; null on the last. */
  nextCursor: z.nullable(z.string()),
})
export type CorrectionList = z.infer<typeof CorrectionList>

/** Answer of `POST …/corrections` (a `CorrectionAct`), `…/corrections/:seq/undo` and `…/redo`. */
export const CorrectionAnswer = z.object({
  correction: CorrectionItem,
  /** The person it is about now, to show next; null when nobody is. */
  personId: z.nullable(z.string()),
})
export type CorrectionAnswer = z.infer<typeof CorrectionAnswer>
