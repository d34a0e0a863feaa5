import * as z from 'zod/mini'

import { MOST_PREVIEWED } from './import-limits.ts'

export { IMPORT_OPTIONS_HEADER, MOST_IMPORT_BYTES } from './import-limits.ts'

const field = z.enum([
  'name',
  'first_name',
  'last_name',
  'email',
  'phone',
  'join',
  'leave',
  'minutes',
  'guest',
  'consent',
  'in_waiting_room',
  'attended',
  'registered_at',
  'approval',
  'registrant_id',
  'zoom_user_id',
  'country',
  'attentiveness',
])

/** `POST /api/imports`: the bytes of the file are the body, this is in the header. What the file itself tells is not asked. */
export const ImportOptions = z.object({
  /** As the person knows the file; its digits may be the meeting number. Kept sealed until the import is undone. */
  name: z.string().check(z.maxLength(300)),
  /** IANA zone in which the times are meant; only used where the file does not say. */
  zone: z.string().check(z.maxLength(60)),
  dates: z.nullable(z.enum(['dmy', 'mdy', 'ymd'])),
  /** Meanings of columns the person confirmed or chose; null: as recognised. */
  columns: z.nullable(
    z
      .array(z.object({ at: z.int().check(z.gte(0), z.lte(1000)), field: z.nullable(field) }))
      .check(z.maxLength(100)),
  ),
  /** The person looked at columns that were recognised by what stands in them. */
  confirmed: z.boolean(),
  /** Gatherings the person chose for meetings that carry no number, by the meeting's place in the file from 0. */
  into: z
    .array(z.object({ meeting: z.int().check(z.gte(0)), gatheringId: z.uuid() }))
    .check(z.maxLength(100)),
})
export type ImportOptions = z.infer<typeof ImportOptions>

/** A gathering a meeting of a file may be. */
export const ImportMatch = z.object({
  gatheringId: z.string(),
  topic: z.nullable(z.string()),
  number: z.nullable(z.string()),
  startedAt: z.nullable(z.string()),
  endedAt: z.nullable(z.string()),
})
export type ImportMatch = z.infer<typeof ImportMatch>

/** `POST /api/imports/preview`: numbers and times of the meetings in a file that was read in the browser, and no names. */
export const ImportPreviewRequest = z.object({
  /** SHA-256 of the file's bytes, hex. */
  hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  meetings: z
    .array(
      z.object({
        number: z.nullable(z.string().check(z.regex(/^\d{1,20}$/))),
        startedAt: z.iso.datetime(),
        endedAt: z.iso.datetime(),
      }),
    )
    .check(z.maxLength(MOST_PREVIEWED)),
})
export type ImportPreviewRequest = z.infer<typeof ImportPreviewRequest>

export const ImportPreview = z.object({
  /** When this very file was imported before and not undone. */
  importedAt: z.nullable(z.string()),
  /** For each meeting, in the order asked: where its rows would go, null for a new gathering. */
  meetings: z.array(
    z.object({
      goesTo: z.nullable(ImportMatch),
      /** Without a number: gatherings of that time, the nearest first. None is taken unless the person says so. */
      maybe: z.array(ImportMatch),
    }),
  ),
})
export type ImportPreview = z.infer<typeof ImportPreview>

/** What an import changed. */
export const ImportAnswer = z.object({
  id: z.string(),
  /** `known`: this file was imported before, and nothing changed. `replaced`: it was, with other answers. */
  outcome: z.enum(['imported', 'known', 'replaced']),
  rows: z.object({
    /** Rows with times: what is evidence of presence. */
    read: z.int(),
    added: z.int(),
    known: z.int(),
    /** Rows that tell of no presence, such as registered people who stayed away. */
    withoutTimes: z.int(),
  }),
  /** Of every gathering by itself, added up: who came to two counts twice. */
  people: z.object({
    /** Only this file tells of them. */
    added: z.int(),
    /** Others told of them, too. */
    matched: z.int(),
  }),
  /** In the order of the file; `isNew`: made by this import. */
  gatherings: z.array(z.object({ gatheringId: z.string(), isNew: z.boolean() })),
})
export type ImportAnswer = z.infer<typeof ImportAnswer>

export const ImportItem = z.object({
  id: z.string(),
  /** What the file was called; null once the import was undone. */
  name: z.nullable(z.string()),
  importedAt: z.string(),
  /** `running`: it broke off, or is under way; importing the file again completes it. */
  state: z.enum(['running', 'done', 'undone']),
  undoneAt: z.nullable(z.string()),
  byViewer: z.boolean(),
  rows: z.int(),
  gatheringIds: z.array(z.string()),
})
export type ImportItem = z.infer<typeof ImportItem>

/** `GET /api/imports`: the latest first, at most a hundred. */
export const ImportList = z.object({ items: z.array(ImportItem) })
export type ImportList = z.infer<typeof ImportList>
