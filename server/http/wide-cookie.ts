import type { CookieOptions, Request } from 'express'
import { readCookie } from './cookies.ts'

/** An hour; nothing prolongs it. */
export const WIDE_VIEW_MS = 60 * 60_000

/** What a page of ours sends with every call, and no page of anybody else can without our consent (CORS). */
const PANEL_HEADER = 'x-rollbook'
const PANEL_HEADER_VALUE = 'panel'

/**
 * The cookie that proves a wide view. It never leaves with a request that another site began, scripts cannot read it, and no
 * neighbouring host name can set it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6265bis#name-the-__host-prefix
 */
export function wideCookie(publicUrl: string): { name: string; options: CookieOptions } {
  const secure = publicUrl.startsWith('https:')
  return {
    name: secure ? '__Host-rollbook' : 'rollbook',
    options: { httpOnly: true, secure, sameSite: 'strict', path: '/' },
  }
}

/** The token in the cookie of a call that our own page made; null for any other. */
export function cookieOfOwnPage(req: Request, publicUrl: string): string | null {
  const ours = req.get(PANEL_HEADER) === PANEL_HEADER_VALUE && !isForeignOrigin(req, publicUrl)
  return ours ? readCookie(req, wideCookie(publicUrl).name) : null
}

/** Whether the browser says that another site's page made this request. Browsers leave the header out of plain reading. */
export function isForeignOrigin(req: Request, publicUrl: string): boolean {
  const origin = req.get('origin')
  return origin !== undefined && origin !== new URL(publicUrl).origin
}
