import { createHmac } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'

/** A saved delivery of our own: `shape` says which real shape it follows, `story` what happens in it. */
export interface Fixture {
  shape: string
  story: string
  secret: string
  headers: Record<string, string>
  rawBody: string
}

const folder = new URL('../../fixtures/webhooks/', import.meta.url)

export const fixtureNames = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))

export const fixture = (name: string): Fixture =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Fixture

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Epoch ms at which the fixture was signed. */
export const signedAtMs = ({ headers }: Fixture): number => Number(headers['x-zm-request-timestamp']) * 1000

/** The headers Zoom would send with this body. */
export function signed(
  rawBody: string,
  { secret, atMs, requestId }: { secret: string; atMs: number; requestId?: string },
): Record<string, string> {
  const timestamp = String(Math.floor(atMs / 1000))
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${rawBody}`).digest('hex')
  return {
    'x-zm-request-timestamp': timestamp,
    'x-zm-signature': `v0=${digest}`,
    ...(requestId === undefined ? {} : { 'x-zm-request-id': requestId }),
  }
}
