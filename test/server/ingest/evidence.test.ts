import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDoor, createIngest, type Ingest } from '../../../server/ingest/index.ts'
import { translateDelivery } from '../../../server/zoom/index.ts'
import { testStorage, type TestStorage } from '../../support/database.ts'
import { bytes, fixture, signedAtMs } from '../zoom/fixture.ts'

const lesson = [
  'joined-host',
  'meeting-started',
  'joined-without-join-time',
  'joined-waiting-room',
  'admitted',
  'left-waiting-room',
  'role-changed',
  'joined-breakout-room',
  'left-breakout-room',
  'phone-bound',
  'left-guest',
  'meeting-ended',
]

let database: TestStorage
let ingest: Ingest
let installationId: string
let nowMs = 0
const removed: string[] = []
const silent = { warn: () => undefined, error: () => undefined }

beforeAll(async () => {
  database = await testStorage({ clock: () => nowMs })
  const installed = await database.storage.tokenStore.install({
    profile: 'user',
    zoomUserId: 'UserAdaLindqvist000001',
    zoomAccountId: 'AcctInvented0000000001',
    tokens: { accessToken: 'a', refreshToken: 'r', expiresAtMs: 1, scopes: [] },
    nowMs: 1,
  })
  installationId = installed.installationId
  ingest = createIngest({
    inbox: database.storage.inbox,
    translate: translateDelivery,
    clock: () => nowMs,
    log: silent,
    onTouched: () => undefined,
    onDeauthorized: ({ zoomUserId }) => void removed.push(zoomUserId),
  })
})
afterAll(() => database.close())

async function send(name: string): Promise<string> {
  const { headers, rawBody, secret } = fixture(name)
  nowMs = signedAtMs(fixture(name))
  let outcome = ''
  const door = createDoor({
    inbox: database.storage.inbox,
    clock: () => nowMs,
    secrets: [secret],
    log: silent,
    metrics: { delivery: (told) => void (outcome = told) },
    onStored: () => undefined,
  })
  await door.receive({ headers, rawBody: bytes(rawBody) })
  return outcome
}

async function evidence() {
  const viewer = { kind: 'system', installationId, purpose: 'live_roster' } as const
  const home = await database.storage.directory.findMeetingAnywhere(
    '/qK3+Rollbook//Fixt01w==',
    'UserAdaLindqvist000001',
  )
  if (home === null) throw new Error('the meeting is not known')
  const facts = await database.storage.evidenceReader.since(viewer, home.gatheringId, 0, 100)
  return { home, facts: facts.map(({ fact }) => fact) }
}

describe('a lesson told by deliveries', () => {
  it('becomes one fact a delivery, in the gathering of the host, whatever comes twice', async () => {
    for (const name of lesson) expect(await send(name)).toBe('stored')
    for (const name of lesson.slice(0, 3)) expect(await send(name)).toBe('duplicate')
    await ingest.drainOnce()
    expect(await send('joined-host')).toBe('duplicate')
    await ingest.drainOnce()

    const { home, facts } = await evidence()
    expect(home).toMatchObject({
      installationId,
      topic: 'Chemistry — Основы',
      number: '81234567890',
      kind: 'meeting',
      capture: 'full',
    })
    expect(facts.map(({ kind }) => kind).toSorted()).toEqual(
      [
        'meeting_ended',
        'meeting_started',
        ...Array<string>(4).fill('participant_joined'),
        ...Array<string>(4).fill('participant_left'),
        'phone_bound',
        'role_changed',
      ].toSorted(),
    )
    expect(facts).toContainEqual(expect.objectContaining({ name: 'Борис Гость', witness: 'webhook' }))
    expect(await database.storage.inbox.counts()).toEqual({ pending: 0, parked: 0 })
  })

  it('is gone with everything else once the host removes the app', async () => {
    expect(await send('app-removed')).toBe('stored')
    await ingest.drainOnce()
    expect(removed).toEqual(['UserAdaLindqvist000001'])
    expect(await database.storage.directory.installationOfUser('UserAdaLindqvist000001')).toBeNull()
  })
})
