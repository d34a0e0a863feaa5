import * as z from 'zod/mini'

/** A tidier spelling of a name or an address, and all that speaks for it; accepting it is a `rename` or an `email`. */
export const CleaningItem = z.object({
  personId: z.string(),
  name: z.string(),
  /** Their address as it stands; null for none, and where `written` is no address. */
  email: z.nullable(z.string()),
  /** A key of a connection of theirs, which names them in corrections. */
  connection: z.string(),
  of: z.enum(['name', 'email']),
  /** What stands there now. */
  written: z.string(),
  /** What it would be; null when it is only pointed out. */
  proposed: z.nullable(z.string()),
  /** `case`, `spaces`, `original_name`, `typo`, `syntax`, `role_address`: at least one. */
  codes: z.array(z.string()),
})
export type CleaningItem = z.infer<typeof CleaningItem>

/** `GET /api/gatherings/:gathering/cleanings`: what may be tidied in the list, in its order, 200 a page. */
export const CleaningList = z.object({
  items: z.array(CleaningItem),
  /** Hand it back as `cursor` for the next page; null on the last. */
  nextCursor: z.nullable(z.string()),
  /** Those beyond the 500 that are told. */
  more: z.int(),
})
export type CleaningList = z.infer<typeof CleaningList>
