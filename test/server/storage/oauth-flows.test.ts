import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestStorage } from '../../support/database.ts'
import { testStorage } from '../../support/database.ts'

let test: TestStorage
beforeAll(async () => {
  test = await testStorage({ clock: () => 1_000 })
})
afterAll(() => test.close())

describe('an authorisation under way', () => {
  it('is finished once and only in time', async () => {
    const { oauthFlows } = test.storage
    const flow = { kind: 'web', verifier: 'v' } as const
    const finish = (stateHash: string, nowMs: number) => oauthFlows.finish({ kind: 'web', stateHash, nowMs })
    await oauthFlows.begin({ stateHash: 'in-time', flow, expiresAtMs: 10 })
    expect(await finish('in-time', 9)).toEqual(flow)
    expect(await finish('in-time', 9)).toBeNull()
    await oauthFlows.begin({ stateHash: 'late', flow, expiresAtMs: 10 })
    expect(await finish('late', 10)).toBeNull()
  })

  it('is finished only as what it was begun, and a wrong guess does not use it up', async () => {
    const { oauthFlows } = test.storage
    const flow = { kind: 'in_client', verifier: 'v', zoomUserId: 'user-anna' } as const
    await oauthFlows.begin({ stateHash: 'of-anna', flow, expiresAtMs: 10 })
    expect(await oauthFlows.finish({ kind: 'web', stateHash: 'of-anna', nowMs: 9 })).toBeNull()
    expect(await oauthFlows.finish({ kind: 'welcome', stateHash: 'of-anna', nowMs: 9 })).toBeNull()
    expect(await oauthFlows.finish({ kind: 'in_client', stateHash: 'of-anna', nowMs: 9 })).toEqual(flow)
  })
})
