import type { Request } from 'express'

/** The value of a cookie of ours, which is base64url or a token and needs no decoding; null when it was not sent. */
export function readCookie(req: Request, name: string): string | null {
  for (const part of (req.get('cookie') ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value !== undefined) return value
  }
  return null
}
