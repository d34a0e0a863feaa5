import { afterEach, describe, expect, it } from 'vitest'
import { afterClass, reportRows, type AfterClass } from './after-class.ts'

let after: AfterClass
afterEach(() => after.server.stop())

const paths = () => [
  ...new Set(after.calls().map(({ path }) => path.replace(/\/[^/]*(?=\/|$)(?=\/participants|$)/, '/…'))),
]

const account = { ZOOM_PROFILE: 'account' }
const lent = {
  ZOOM_S2S_ACCOUNT_ID: 'account-a',
  ZOOM_S2S_CLIENT_ID: 's2s-client',
  ZOOM_S2S_CLIENT_SECRET: 's2s-secret',
}
const lender = {
  accountId: 'account-a',
  clientId: 's2s-client',
  clientSecret: 's2s-secret',
  scopes: ['report:read:list_meeting_participants:admin', 'meeting:read:past_meeting:admin'],
}

describe('whose rights the list is read under', () => {
  it('is the host’s where each host added the app: the list of past meetings', async () => {
    after = await afterClass()
    await after.pass(10 * 60)
    expect(await after.status()).toMatchObject({ state: 'final', source: 'past' })
    expect(paths()).toEqual(['/v2/past_meetings/…', '/v2/past_meetings/…/participants'])
  })

  it('is the administrator’s where one added it for the account: the report, of meetings of every host', async () => {
    after = await afterClass({ settings: account })
    await after.pass(10 * 60)
    expect(await after.status()).toMatchObject({ state: 'final', source: 'report' })
    expect(paths()).toEqual(['/v2/past_meetings/…', '/v2/report/meetings/…/participants'])
    expect(reportRows(await after.facts())).toHaveLength(3)
  })

  it('is the administrator’s of webinars, too', async () => {
    after = await afterClass({ settings: account, kind: 'webinar' })
    await after.pass(10 * 60)
    expect(await after.status()).toMatchObject({ state: 'final', source: 'report' })
    expect(paths()).toEqual(['/v2/report/webinars/…/participants'])
  })

  it('says so when the administrator left the right out', async () => {
    after = await afterClass({ settings: account, ended: false })
    after.server.world.app.scopes = ['user:read:user:admin', 'meeting:read:past_meeting:admin']
    await after.server.install('user-admin')
    after.lesson.end()
    await after.server.told()
    await after.pass(10 * 60)
    expect(await after.status()).toMatchObject({ state: 'unavailable', reason: 'reconnect' })
  })
})

describe('an account’s own server-to-server app', () => {
  it('lends the report to a host who added the app for themselves', async () => {
    after = await afterClass({ settings: lent, ended: false })
    after.server.world.serverToServer.push(lender)
    after.lesson.end()
    await after.server.told()
    await after.pass(10 * 60)
    expect(await after.status()).toMatchObject({ state: 'final', source: 'report' })
    expect(paths()).toEqual(['/v2/past_meetings/…', '/v2/report/meetings/…/participants'])
  })

  it('asks for another token when Zoom takes the old one no longer', async () => {
    after = await afterClass({ settings: lent, ended: false })
    after.server.world.serverToServer.push(lender)
    after.lesson.end()
    await after.server.told()
    await after.pass(60)
    after.server.rest.oauth.expireAccessTokens()
    await after.pass(10 * 60)
    expect(await after.status()).toMatchObject({ state: 'final', source: 'report' })
  })

  it('of another account lends nothing', async () => {
    after = await afterClass({ settings: { ...lent, ZOOM_S2S_ACCOUNT_ID: 'account-b' }, ended: false })
    after.server.world.serverToServer.push({ ...lender, accountId: 'account-b' })
    after.lesson.end()
    await after.server.told()
    await after.pass(10 * 60)
    expect(await after.status()).toMatchObject({ state: 'final', source: 'past' })
  })

  it('whose credentials Zoom does not take, or that may not read reports, costs nobody their list', async () => {
    after = await afterClass({ settings: lent, ended: false })
    after.lesson.end()
    await after.server.told()
    await after.pass(2 * 60)
    after.server.world.serverToServer.push({ ...lender, scopes: ['meeting:read:past_meeting:admin'] })
    await after.pass(10 * 60)
    expect(await after.status()).toMatchObject({ state: 'final', source: 'past' })
    expect(after.server.logLines.join('')).not.toContain('s2s-secret')
  })
})
