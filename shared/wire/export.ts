import * as z from 'zod/mini'

/** What an export of a roster holds and how it is written; the same choice serves the file and the clipboard. */
export const ExportRequest = z.object({
  /** The people, or what the official list changed about them. */
  list: z.enum(['people', 'differences']),
  format: z.enum(['csv', 'tsv']),
  separator: z.enum([',', ';', 'tab']),
  /** UTF-8 byte order mark: Excel on Windows needs it to read anything but ASCII on double click. */
  bom: z.boolean(),
  decimal: z.enum(['.', ',']),
  language: z.enum(['en', 'ru']),
  /** IANA zone in which times are written. */
  zone: z.string().check(z.minLength(1), z.maxLength(64)),
  /** With `people`: the sentence about the whole list comes first, in a line of its own, with an empty one after it. */
  sentence: z.optional(z.boolean()),
  /** Same filter as the list on screen. */
  filter: z.object({
    search: z.string().check(z.maxLength(200)),
    show: z.enum([
      /** Those who came or waited; `everybody`: with those who registered and did not come. */
      'all',
      'everybody',
      'registered',
      'here',
      'left',
      'waiting',
      'waiting_only',
      'reached',
      'not_reached',
      'late',
      'left_early',
      'returned',
      'walk_in',
      'absent',
      'no_email',
      'unidentified',
      'conflict',
    ]),
    /** Only people with this label, by a rule or by the host's hand. */
    label: z.optional(z.string().check(z.maxLength(60))),
    /** Leaves out hosts, co-hosts and panelists who did not register: they come anyway. */
    withoutStaff: z.optional(z.boolean()),
    /** With `differences`: only this kind; missing: every kind. `show` and `sort` mean nothing there. */
    kind: z.optional(z.enum(['added', 'minutes_changed', 'not_in_report', 'merged', 'split'])),
  }),
  sort: z.enum(['name', 'joined', 'present', 'state']),
})
export type ExportRequest = z.infer<typeof ExportRequest>

/** A link for the system browser: opens a landing page, whose button starts the download. Works once, for a short time. */
export const ExportLink = z.object({
  url: z.string(),
  expiresInSeconds: z.int(),
  rows: z.int(),
})
export type ExportLink = z.infer<typeof ExportLink>
