import { afterEach, describe, expect, it } from 'vitest'
import { afterClass, retryAsHost, type AfterClass } from './after-class.ts'

let after: AfterClass
afterEach(() => after.server.stop())

/** From here on nothing of a report can be written: no page is kept. */
async function breakStorage(): Promise<void> {
  await after.server.query(`
    create function broken() returns trigger language plpgsql as $$ begin raise exception 'disk on fire'; end $$;
    create trigger broken before insert on report_pages for each row execute function broken()`)
}
const mendStorage = () => after.server.query('drop trigger broken on report_pages')

describe('a report that we fail to work on', () => {
  it('says so while it is tried again, and is final when it works', async () => {
    after = await afterClass()
    await breakStorage()
    await after.pass(60)
    const failed = await after.status()
    expect(failed).toMatchObject({ state: 'waiting', reason: 'our_failure' })
    expect(failed.nextTryAt).not.toBeNull()
    await mendStorage()
    await after.pass(180)
    expect(await after.status()).toMatchObject({ state: 'final', reason: null })
  })

  it('thirty times in a row is given up and says why, until the host asks again', async () => {
    after = await afterClass()
    await breakStorage()
    await after.pass(60)
    await after.pass(30 * 3600, 3600)
    expect(await after.status()).toMatchObject({
      ...{ state: 'unavailable', reason: 'our_failure', zoomCode: null, nextTryAt: null },
    })
    expect(await after.server.query('select failures from reports')).toEqual([{ failures: 30 }])
    expect(after.server.logLines.filter((line) => line.includes('giving up'))).toHaveLength(1)
    const asked = after.calls().length
    await after.pass(7200, 1800)
    expect(after.calls()).toHaveLength(asked)

    await mendStorage()
    await retryAsHost(after)
    await after.pass(120)
    expect(await after.status()).toMatchObject({ state: 'final', reason: null })
  })

  it('after a list came stays provisional with that list', async () => {
    after = await afterClass()
    await after.pass(60)
    const came = await after.status()
    await breakStorage()
    await after.pass(31 * 3600, 3600)
    expect(await after.status()).toEqual({ ...came, reason: 'our_failure', nextTryAt: null })
  })

  it('after it was final stays final', async () => {
    after = await afterClass()
    await after.pass(180)
    const final = await after.status()
    expect(final).toMatchObject({ state: 'final' })
    await breakStorage()
    await after.pass(60)
    await retryAsHost(after)
    await after.pass(31 * 3600, 3600)
    expect(await after.status()).toEqual(final)
    expect(await after.server.query('select failures from reports')).toEqual([{ failures: 30 }])
  })
})
