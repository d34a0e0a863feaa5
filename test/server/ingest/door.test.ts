import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { RollbookError } from '../../../server/errors.ts'
import { createDoor } from '../../../server/ingest/index.ts'
import { bytes, fixture, signed, signedAtMs, type Fixture } from '../zoom/fixture.ts'
import { memoryInbox } from './memory-inbox.ts'

const MINUTE = 60_000
const OWNER = { UserAdaLindqvist000001: 'installation of Ada' }

function house(
  nowMs: number,
  { owners = OWNER, secrets }: { owners?: Record<string, string>; secrets?: string[] } = {},
) {
  const memory = memoryInbox({ owners })
  const outcomes: string[] = []
  const logged: unknown[] = []
  const log = (fields: unknown, message: string) => void logged.push(fields, message)
  let woken = 0
  const door = createDoor({
    inbox: memory.inbox,
    clock: () => nowMs,
    secrets: secrets ?? [fixture('challenge').secret],
    log: { warn: log, error: log },
    metrics: { delivery: (outcome) => void outcomes.push(outcome) },
    onStored: () => void (woken += 1),
  })
  return { door, memory, outcomes, logged, woken: () => woken }
}

const request = ({ headers, rawBody }: Fixture) => ({ headers, rawBody: bytes(rawBody) })

async function refusal(work: Promise<unknown>): Promise<RollbookError> {
  const thrown: unknown = await work.then(
    () => new Error('nothing was refused'),
    (error: unknown) => error,
  )
  expect(thrown).toBeInstanceOf(RollbookError)
  return thrown as RollbookError
}

const joined = fixture('joined-host')

describe('a delivery of a host who installed us', () => {
  it('is kept exactly as received before Zoom is thanked', async () => {
    const { door, memory, outcomes, woken } = house(signedAtMs(joined))
    expect(await door.receive(request(joined))).toEqual({ status: 200 })
    expect(memory.deliveries()).toEqual([
      {
        installationId: 'installation of Ada',
        dedupeKey: joined.headers['x-zm-request-id'],
        receivedAtMs: signedAtMs(joined),
        body: bytes(joined.rawBody),
      },
    ])
    expect(outcomes).toEqual(['stored'])
    expect(woken()).toBe(1)
  })

  it('that Zoom repeats with a new signature is thanked for again and kept once', async () => {
    const { door, memory, outcomes, woken } = house(signedAtMs(joined) + 2 * MINUTE)
    await door.receive(request(joined))
    const repeated = signed(joined.rawBody, {
      secret: joined.secret,
      atMs: signedAtMs(joined) + MINUTE,
      requestId: joined.headers['x-zm-request-id'] ?? '',
    })
    expect(await door.receive({ headers: repeated, rawBody: bytes(joined.rawBody) })).toEqual({ status: 200 })
    expect(memory.deliveries()).toHaveLength(1)
    expect(outcomes).toEqual(['stored', 'duplicate'])
    expect(woken()).toBe(1)
  })

  it.each([
    ['without a request id', undefined],
    ['with an empty request id', ''],
    ['with a request id that is no printable word', 'a\u0000b'],
    ['with a request id as long as a book', 'x'.repeat(201)],
  ])('%s is named by its body', async (_title, requestId) => {
    const { door, memory } = house(signedAtMs(joined))
    const headers = { ...joined.headers, 'x-zm-request-id': requestId }
    await door.receive({ headers, rawBody: bytes(joined.rawBody) })
    const key = createHash('sha256').update(joined.rawBody).digest('hex')
    expect(memory.deliveries().map(({ dedupeKey }) => dedupeKey)).toEqual([key])
  })

  it('is taken with the old secret as well as with the new one', async () => {
    const { door, outcomes } = house(signedAtMs(joined), { secrets: ['the new one', joined.secret] })
    await door.receive(request(joined))
    expect(outcomes).toEqual(['stored'])
  })

  it('that nobody will be able to translate is kept all the same: Zoom would not send it again', async () => {
    const { door, memory } = house(signedAtMs(joined))
    const rawBody = joined.rawBody.replace('"user_name":"Ada Lindqvist"', '"user_name":["Ada"]')
    expect(rawBody).not.toBe(joined.rawBody)
    await door.receive({
      headers: signed(rawBody, { secret: joined.secret, atMs: signedAtMs(joined) }),
      rawBody: bytes(rawBody),
    })
    expect(memory.deliveries()).toHaveLength(1)
  })

  it('that says the host removed the app finds its installation by the user', async () => {
    const removed = fixture('app-removed')
    const { door, outcomes } = house(signedAtMs(removed))
    await door.receive(request(removed))
    expect(outcomes).toEqual(['stored'])
  })
})

describe('a delivery that is thanked for and dropped', () => {
  it('is of nobody we know', async () => {
    const { door, memory, outcomes, woken } = house(signedAtMs(joined), { owners: {} })
    expect(await door.receive(request(joined))).toEqual({ status: 200 })
    expect(memory.deliveries()).toEqual([])
    expect(outcomes).toEqual(['unknown_installation'])
    expect(woken()).toBe(0)
  })

  it.each(['event-of-tomorrow', 'waiting-for-host'])('tells what we make nothing of: %s', async (name) => {
    const useless = fixture(name)
    const { door, memory, outcomes } = house(signedAtMs(useless))
    expect(await door.receive(request(useless))).toEqual({ status: 200 })
    expect(memory.deliveries()).toEqual([])
    expect(outcomes).toEqual(['of_no_use'])
  })
})

describe('the challenge', () => {
  const challenge = fixture('challenge')

  it('is answered before anybody has installed us, and even when the database is away', async () => {
    const { door, memory, outcomes } = house(signedAtMs(challenge), { owners: {} })
    memory.goDown()
    expect(await door.receive(request(challenge))).toEqual({
      status: 200,
      body: {
        plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
        encryptedToken: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    })
    expect(outcomes).toEqual(['challenge'])
  })

  it('is answered with the secret it was asked with, whichever of them is newer', async () => {
    const one = await house(signedAtMs(challenge)).door.receive(request(challenge))
    const two = await house(signedAtMs(challenge), { secrets: ['newer', challenge.secret] }).door.receive(
      request(challenge),
    )
    expect(two).toEqual(one)
  })

  it('must be signed like everything else', async () => {
    const { door } = house(signedAtMs(challenge), { secrets: ['another'] })
    expect((await refusal(door.receive(request(challenge)))).code).toBe('signature_invalid')
  })
})

describe('the door refuses', () => {
  it('a forged delivery and keeps nothing of it', async () => {
    const { door, memory, outcomes } = house(signedAtMs(joined), { secrets: ['another'] })
    expect(await refusal(door.receive(request(joined)))).toMatchObject({
      status: 401,
      code: 'signature_invalid',
    })
    expect(memory.deliveries()).toEqual([])
    expect(outcomes).toEqual(['signature_invalid'])
  })

  it('a signature that is there twice', async () => {
    const { door } = house(signedAtMs(joined))
    const signature = joined.headers['x-zm-signature'] ?? ''
    const headers = { ...joined.headers, 'x-zm-signature': [signature, signature] }
    expect((await refusal(door.receive({ headers, rawBody: bytes(joined.rawBody) }))).status).toBe(401)
  })

  it.each([
    ['stale', 6 * MINUTE],
    ['of the future', -6 * MINUTE],
  ])('a delivery that is %s and keeps nothing of it', async (_title, lateMs) => {
    const { door, memory, outcomes } = house(signedAtMs(joined) + lateMs)
    expect(await refusal(door.receive(request(joined)))).toMatchObject({
      status: 401,
      code: 'delivery_stale',
    })
    expect(memory.deliveries()).toEqual([])
    expect(outcomes).toEqual(['delivery_stale'])
  })

  it.each([
    '',
    '{',
    '[1]',
    '{"event":7,"payload":{}}',
    '{"event":"meeting.started","payload":{"account_id":{}}}',
  ])('the signed body %j as malformed', async (rawBody) => {
    const { door, memory, outcomes } = house(signedAtMs(joined))
    const headers = signed(rawBody, { secret: joined.secret, atMs: signedAtMs(joined) })
    const refused = await refusal(door.receive({ headers, rawBody: bytes(rawBody) }))
    expect(refused).toMatchObject({ status: 400, code: 'delivery_malformed' })
    expect(memory.deliveries()).toEqual([])
    expect(outcomes).toEqual(['delivery_malformed'])
  })

  it('everything while it cannot be stored, so that Zoom sends it again', async () => {
    const { door, memory, outcomes, logged } = house(signedAtMs(joined))
    memory.goDown()
    expect(await refusal(door.receive(request(joined)))).toMatchObject({
      status: 503,
      code: 'storage_unavailable',
    })
    memory.comeBack()
    expect(await door.receive(request(joined))).toEqual({ status: 200 })
    expect(outcomes).toEqual(['storage_unavailable', 'stored'])
    expect(JSON.stringify(logged)).toContain('storage is down')
    expect(JSON.stringify(logged)).not.toMatch(/Ada|example\.test|v0=/)
  })
})
