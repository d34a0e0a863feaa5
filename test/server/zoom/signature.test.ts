import { describe, expect, it } from 'vitest'
import { urlValidationAnswer, verifySignature } from '../../../server/zoom/index.ts'
import { bytes, fixture, fixtureNames, signedAtMs } from './fixture.ts'

const MINUTE = 60_000

const delivery = (name: string) => {
  const saved = fixture(name)
  return {
    rawBody: bytes(saved.rawBody),
    signature: saved.headers['x-zm-signature'],
    timestamp: saved.headers['x-zm-request-timestamp'],
    secrets: [saved.secret],
    nowMs: signedAtMs(saved) + 400,
  }
}
const invalid = { ok: false, reason: 'signature_invalid' }
const stale = { ok: false, reason: 'delivery_stale' }

describe('the signature of a delivery', () => {
  it.each(fixtureNames)('of %s is believed', (name) => {
    expect(verifySignature(delivery(name))).toEqual({ ok: true, secret: fixture(name).secret })
  })

  it('is believed for any of several secrets, and says for which', () => {
    const joined = delivery('joined-host')
    expect(verifySignature({ ...joined, secrets: ['new', ...joined.secrets, 'older'] })).toEqual({
      ok: true,
      secret: joined.secrets[0],
    })
  })

  it.each([
    ['another secret', { secrets: ['another'] }],
    ['no secret at all', { secrets: [] }],
    ['no signature', { signature: undefined }],
    ['an empty signature', { signature: '' }],
    ['a shortened signature', { signature: delivery('joined-host').signature?.slice(0, -1) }],
    ['an upper-case signature', { signature: delivery('joined-host').signature?.toUpperCase() }],
    ['a longer text than a signature', { signature: `v0=${'é'.repeat(64)}` }],
    ['no timestamp', { timestamp: undefined }],
    ['a timestamp that is no number', { timestamp: '1e9' }],
    ['another timestamp', { timestamp: String(signedAtMs(fixture('joined-host')) / 1000 + 1) }],
    ['a changed byte', { rawBody: bytes(fixture('joined-host').rawBody.replace('Ada', 'Ida')) }],
    ['the same JSON printed otherwise', { rawBody: bytes(`${fixture('joined-host').rawBody}\n`) }],
    ['no body', { rawBody: new Uint8Array() }],
  ])('with %s is refused', (_title, change) => {
    expect(verifySignature({ ...delivery('joined-host'), ...change })).toEqual(invalid)
  })

  it.each([
    ['a moment after', 0, true],
    ['just inside five minutes after', 5 * MINUTE - 1, true],
    ['just inside five minutes ahead', -5 * MINUTE + 1, true],
    ['six minutes after', 6 * MINUTE, false],
    ['six minutes ahead', -6 * MINUTE, false],
  ])('received %s', (_title, lateMs, believed) => {
    const nowMs = signedAtMs(fixture('joined-host')) + lateMs
    const { ok } = verifySignature({ ...delivery('joined-host'), nowMs })
    expect(ok).toBe(believed)
  })

  it('is called stale only to a sender who knew the secret', () => {
    const late = { ...delivery('joined-host'), nowMs: signedAtMs(fixture('joined-host')) + 60 * MINUTE }
    expect(verifySignature(late)).toEqual(stale)
    expect(verifySignature({ ...late, secrets: ['guess'] })).toEqual(invalid)
  })
})

describe('the answer to a challenge', () => {
  it('is the token and its keyed hash in lower-case hex', () => {
    // HMAC-SHA256 test case 2 of RFC 4231.
    expect(urlValidationAnswer('what do ya want for nothing?', 'Jefe')).toEqual({
      plainToken: 'what do ya want for nothing?',
      encryptedToken: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    })
  })
})
