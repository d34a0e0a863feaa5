import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LinkRecord } from '../../../server/exports/ports.ts'
import type { TestStorage } from '../../support/database.ts'
import { testStorage } from '../../support/database.ts'
import { install, STRANGER } from './fixtures.ts'

let test: TestStorage
beforeAll(async () => {
  test = await testStorage({ clock: () => 1_000 })
})
afterAll(() => test.close())

describe('links of an export', () => {
  const record = (installationId: string): LinkRecord => ({
    installationId,
    memberId: STRANGER,
    gatheringId: STRANGER,
    mayReadEmails: false,
    proved: { role: 'host', gatheringId: null, admin: true },
    expiresAtMs: 2_000,
    request: {
      list: 'people',
      format: 'csv',
      separator: ';',
      bom: true,
      decimal: ',',
      language: 'ru',
      zone: 'Europe/Moscow',
      filter: { search: '', show: 'all' },
      sort: 'name',
    },
  })

  it('may be looked at, start one ticket each, and then are used up', async () => {
    const { exportLinks } = test.storage
    const { installationId } = await install(test.storage, 'exporter')
    const link = record(installationId)
    await exportLinks.create({ idHash: 'link', record: link })
    expect(await exportLinks.peek('link', 1_000)).toEqual(link)
    expect(await exportLinks.peek('link', 2_000)).toBeNull()
    const ticket = (ticketHash: string) =>
      exportLinks.startTicket({ idHash: 'link', ticketHash, nowMs: 1_500, ticketExpiresAtMs: 3_000 })
    const outcomes = await Promise.all([ticket('t1'), ticket('t2')])
    expect(outcomes.filter((one) => one !== null)).toEqual([link])
    expect(await exportLinks.peek('link', 1_600)).toBeNull()
    const winner = outcomes[0] === null ? 't2' : 't1'
    expect(await exportLinks.findTicket(winner, 2_999)).toEqual(link)
    expect(await exportLinks.findTicket(winner, 3_000)).toBeNull()
    expect(await exportLinks.findTicket('t3', 1_600)).toBeNull()
  })
})
