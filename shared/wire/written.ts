import * as z from 'zod/mini'

/**
 * What a person typed and others read: 1 to `longest` characters, without white space around it, and something of it can be
 * seen. Text of zero-width characters alone would stand on the list as nothing.
 */
export const written = (longest: number) =>
  z.string().check(
    z.trim(),
    z.minLength(1),
    z.maxLength(longest),
    z.refine((text) => VISIBLE.test(text), 'nothing of it can be seen'),
  )

/** The blank of braille is the one more letter that is drawn as nothing. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u
