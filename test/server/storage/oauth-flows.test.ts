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
    await oauthFlows.begin({ stateHash: 'in-time', verifier: 'v', expiresAtMs: 10 })
    expect(await oauthFlows.finish({ stateHash: 'in-time', nowMs: 9 })).toEqual({ verifier: 'v' })
    expect(await oauthFlows.finish({ stateHash: 'in-time', nowMs: 9 })).toBeNull()
    await oauthFlows.begin({ stateHash: 'late', verifier: 'v', expiresAtMs: 10 })
    expect(await oauthFlows.finish({ stateHash: 'late', nowMs: 10 })).toBeNull()
  })
})
