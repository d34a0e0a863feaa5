/** Pages of Zoom's lists: at most 300 items each, the next one under a token that lives 15 minutes and belongs to one query. */
import { randomBytes } from 'node:crypto'
import { messages } from './messages.ts'
import type { Words } from './messages.ts'

export interface AskedPage {
  size: number
  offset: number
  /** Asked for without a token. */
  isFirst: boolean
  query: string
}

export interface Pages {
  /**
   * @param of what else must stay the same from page to page
   * @param byNumber whether `page_number` counts, which is deprecated and of some lists only
   * @returns `refusal`: what is wrong with the size or the token; the answer is 400 with code 300
   */
  asked(query: URLSearchParams, of: readonly unknown[], byNumber?: 'byNumber'): AskedPage | { refusal: Words }
  /** The token of the page after this one; `expired`: too old as soon as it is given. */
  token(page: AskedPage, offset: number, how?: { expired: boolean }): string
}

const LIFETIME_MS = 15 * 60_000
const LARGEST = 300
const USUAL = '30'

export function createPages(now: () => number): Pages {
  const tokens = new Map<string, { query: string; offset: number; untilMs: number }>()
  return {
    asked(parameters, of, byNumber) {
      const size = Number(parameters.get('page_size') ?? USUAL)
      if (!Number.isInteger(size) || size < 1 || size > LARGEST) return { refusal: messages.notValid }
      const query = JSON.stringify([...of, size])
      const text = parameters.get('next_page_token') ?? ''
      if (text === '') {
        const number = byNumber ? Number(parameters.get('page_number') ?? '1') : 1
        if (!Number.isInteger(number) || number < 1) return { refusal: messages.notValid }
        return { size, offset: (number - 1) * size, isFirst: true, query }
      }
      const token = tokens.get(text)
      if (token?.query !== query || token.untilMs <= now()) return { refusal: messages.badPageToken }
      return { size, offset: token.offset, isFirst: false, query }
    },
    token({ query }, offset, { expired } = { expired: false }) {
      const text = randomBytes(24).toString('base64url')
      tokens.set(text, { query, offset, untilMs: now() + (expired ? 0 : LIFETIME_MS) })
      return text
    },
  }
}
