import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAppContext } from '../../../server/zoom/index.ts'

const SECRET = 'TestClientSecret0123456789abcdef'
const ISSUED = 1_700_000_000_000
const app = { clientId: 'TestClientId', clientSecrets: [SECRET], nowMs: ISSUED + 1000 }

/** Made with another implementation of AES-GCM than the one under test; with and without additional data. */
const withAad =
  'DAABAgMEBQYHCAkKCwgAdGVzdC1hYWTNAAAAHTEIPjq0pp79wEROEK5sZSFw3Nc4gTj2focSzN8GcuISePxrwgoejdhjmTe_-maPOx3Dkx-dUQ0K' +
  'irCFb8mtIHu-N8piiklpPRIW4UI4YRgsjFgIoqH7AhqqQhGjRZxkQbh8E4X0BYnw8bpbAxffh_GTIMPdhuiMcOZnPgIC0Qvi979MGif9sogKBGTW' +
  'ZzemEicXS4skZSps-joEzO2Nkg1MDEjGhQOwAY-EQV3dZzKEPQu_nW8yozVSuMT_TjV39WBuRfFbmjDe7cA_x_o8gYo6FX5YerntH5EiBXg'
const withoutAad =
  'DAABAgMEBQYHCAkKCwAAzQAAAB0xCD46tKae_cBEThCubGUhcNzXOIE49n6HEszfBnLiEnj8a8IKHo3YY5k3v_pmjzsdw5MfnVENCoqwhW_JrSB7' +
  'vjfKYopJaT0SFuFCOGEYLIxYCKKh-wIaqkIRo0WcZEG4fBOF9AWJ8PG6WwMX34fxkyDD3YbojHDmZz4CAtEL4ve_TBon_bKICgRk1mc3phInF0uL' +
  'JGUqbPo6BMztjZINTAxIxoUDsAGPhEFd3WcyhD0Lv51vMqM1UrjE_041d_VgbkXxW5ow3u3AP8drHAvkrkVXinPDmyrXtF81'

const claims = {
  typ: 'meeting',
  uid: 'TESTUID0000000000001',
  aud: 'TestClientId',
  iss: 'marketplace.zoom.us',
  ts: ISSUED,
  exp: ISSUED + 120_000,
  entitlements: [],
  mid: 'AAAAAAAAAAAAAAAAAAAAAA==',
  attendrole: 'host',
}

interface Sealing {
  secret?: string
  ivLength?: number
  aadLength?: number
}

function seal(plain: unknown, { secret = SECRET, ivLength = 12, aadLength = 0 }: Sealing = {}): Buffer {
  const iv = randomBytes(ivLength)
  const aad = randomBytes(aadLength)
  const cipher = createCipheriv('aes-256-gcm', createHash('sha256').update(secret).digest(), iv)
  cipher.setAAD(aad)
  const text = typeof plain === 'string' ? plain : JSON.stringify(plain)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  const lengths = { aad: Buffer.alloc(2), sealed: Buffer.alloc(4) }
  lengths.aad.writeUInt16LE(aadLength)
  lengths.sealed.writeInt32LE(sealed.length)
  return Buffer.concat([
    Buffer.from([ivLength]),
    iv,
    lengths.aad,
    aad,
    lengths.sealed,
    sealed,
    cipher.getAuthTag(),
  ])
}

const read = (plain: unknown, sealing?: Sealing) =>
  readAppContext(seal(plain, sealing).toString('base64url'), app)
const invalid = { ok: false, reason: 'context_invalid' }
const expired = { ok: false, reason: 'context_expired' }

describe('an app context', () => {
  it.each([
    ['with additional data', withAad],
    ['without additional data', withoutAad],
  ])('%s says who asks, where, and in which role', (_title, token) => {
    expect(readAppContext(token, app)).toEqual({
      ok: true,
      context: {
        inMeeting: true,
        zoomUserId: 'TESTUID0000000000001',
        meetingUuid: 'AAAAAAAAAAAAAAAAAAAAAA==',
        breakoutUuid: null,
        role: 'host',
        issuedAtMs: ISSUED,
        expiresAtMs: ISSUED + 120_000,
        action: null,
      },
      tagHash: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) as string,
    })
  })

  it('is the same token however its base64 is written, and another one when sealed again', () => {
    const hashOf = (token: string) => {
      const reading = readAppContext(token, app)
      return reading.ok ? reading.tagHash : null
    }
    const sealed = seal(claims)
    expect(hashOf(sealed.toString('base64'))).toBe(hashOf(sealed.toString('base64url')))
    expect(hashOf(sealed.toString('base64'))).not.toBeNull()
    expect(hashOf(seal(claims).toString('base64url'))).not.toBe(hashOf(sealed.toString('base64url')))
  })

  it.each([1, 8, 12, 16, 128])('may have an initialisation vector of %i bytes', (ivLength) => {
    expect(read(claims, { ivLength }).ok).toBe(true)
  })

  it.each([0, 1, 300, 65_535])('may have %i bytes of additional data', (aadLength) => {
    expect(read(claims, { aadLength }).ok).toBe(true)
  })

  it('opens with any of the app’s secrets, and with no other', () => {
    expect(readAppContext(withAad, { ...app, clientSecrets: ['new', SECRET] }).ok).toBe(true)
    expect(readAppContext(withAad, { ...app, clientSecrets: ['new', 'other'] })).toEqual(invalid)
    expect(readAppContext(withAad, { ...app, clientSecrets: [] })).toEqual(invalid)
  })

  it('of a guest has no user', () => {
    expect(read({ ...claims, uid: undefined })).toMatchObject({ ok: true, context: { zoomUserId: null } })
    expect(read({ ...claims, uid: '' })).toMatchObject({ ok: true, context: { zoomUserId: null } })
  })

  it('of the main client names no meeting and gives no rights', () => {
    const { mid: _mid, attendrole: _role, ...rest } = claims
    expect(read({ ...rest, typ: 'panel', act: 'welcome-1' })).toMatchObject({
      ok: true,
      context: { inMeeting: false, meetingUuid: null, role: 'participant', action: 'welcome-1' },
    })
  })

  it('never takes a breakout room for the meeting', () => {
    const room = 'RoomRoomRoomRoomRoomRo=='
    expect(read({ ...claims, bmid: room })).toMatchObject({
      context: { meetingUuid: claims.mid, breakoutUuid: room },
    })
    expect(read({ ...claims, mid: room, bmid: room })).toMatchObject({
      context: { meetingUuid: null, breakoutUuid: room },
    })
  })

  it.each([
    ['host', 'host'],
    ['co-host', 'cohost'],
    ['coHost', 'cohost'],
    ['cohost', 'cohost'],
    ['participant', 'participant'],
    ['panelist', 'participant'],
    ['attendee', 'participant'],
    ['owner', 'participant'],
    ['host ', 'participant'],
    ['', 'participant'],
  ])('with the role "%s" gives the rights of a %s', (attendrole, role) => {
    expect(read({ ...claims, attendrole })).toMatchObject({ context: { role } })
  })
})

describe('an app context is refused', () => {
  it.each([
    ['made for another app', { aud: 'AnotherClientId' }],
    ['without an audience', { aud: undefined }],
    ['issued by somebody else', { iss: 'zoom.us' }],
    ['without an issuer', { iss: undefined }],
    ['without an expiry', { exp: undefined }],
    ['whose expiry is a text', { exp: '1700000120000' }],
    ['without an issue time', { ts: undefined }],
    ['issued in the future', { ts: ISSUED + 60_000, exp: ISSUED + 180_000 }],
    ['whose user is an object', { uid: {} }],
    ['whose role is a number', { attendrole: 1 }],
    ['without a type', { typ: undefined }],
  ])('when %s', (_title, change) => {
    expect(read({ ...claims, ...change })).toEqual(invalid)
  })

  it.each(['', '[]', 'null', '"host"', '{"typ":', 'é'])('when it opens to %j', (plain) => {
    expect(read(plain)).toEqual(invalid)
  })

  it('once its time is over, give or take the clocks', () => {
    const at = (nowMs: number) => readAppContext(withAad, { ...app, nowMs })
    expect(at(ISSUED + 120_000 + 9_000).ok).toBe(true)
    expect(at(ISSUED + 120_000 + 10_000)).toEqual(expired)
    expect(at(ISSUED + 86_400_000)).toEqual(expired)
    expect(at(ISSUED - 9_000).ok).toBe(true)
    expect(at(ISSUED - 11_000)).toEqual(invalid)
  })

  it('when any single bit was flipped', () => {
    const token = Buffer.from(withAad, 'base64url')
    for (let bit = 0; bit < token.length * 8; bit += 1) {
      const flipped = Buffer.from(token)
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      expect(readAppContext(flipped.toString('base64url'), app), `bit ${bit}`).toEqual(invalid)
    }
  })

  it('when anything is cut off or added', () => {
    const token = Buffer.from(withAad, 'base64url')
    for (let length = 0; length < token.length; length += 1) {
      expect(readAppContext(token.subarray(0, length).toString('base64url'), app), `${length} bytes`).toEqual(
        invalid,
      )
    }
    expect(readAppContext(Buffer.concat([token, Buffer.from([0])]).toString('base64url'), app)).toEqual(
      invalid,
    )
  })

  it.each([4, 8, 12, 13, 14, 15])(
    'when its tag has %i bytes, although a shorter tag would verify',
    (tagBytes) => {
      const token = seal(claims)
      const cut = token.subarray(0, token.length - 16 + tagBytes)
      expect(readAppContext(cut.toString('base64url'), app)).toEqual(invalid)
    },
  )

  it.each([
    ['an empty initialisation vector', (token: Buffer) => token.writeUInt8(0, 0)],
    ['a vector longer than the token', (token: Buffer) => token.writeUInt8(255, 0)],
    ['additional data longer than the token', (token: Buffer) => token.writeUInt16LE(65_535, 13)],
    ['a text longer than the token', (token: Buffer) => token.writeInt32LE(0x7fffffff, 23)],
    ['a text of negative length', (token: Buffer) => token.writeInt32LE(-1, 23)],
    ['a text that leaves more than a tag', (token: Buffer) => token.writeInt32LE(204, 23)],
    ['a text that eats into the tag', (token: Buffer) => token.writeInt32LE(206, 23)],
    ['no text', (token: Buffer) => token.writeInt32LE(0, 23)],
  ])('when its lengths claim %s', (_title, lie) => {
    const token = Buffer.from(withAad, 'base64url')
    lie(token)
    expect(readAppContext(token.toString('base64url'), app)).toEqual(invalid)
  })

  it.each([
    '',
    ' ',
    'none',
    '====',
    'a',
    'ü',
    '../../etc/passwd',
    `${withAad}!`,
    `${withAad}\n`,
    ` ${withAad}`,
  ])('when it is the text %j', (token) => {
    expect(readAppContext(token, app)).toEqual(invalid)
  })

  it('and never throws, whatever bytes or text it is made of', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
        ),
        (token) => {
          expect(readAppContext(token, app)).toEqual(invalid)
        },
      ),
    )
  })
})
