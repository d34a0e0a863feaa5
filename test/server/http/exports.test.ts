import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ExportLink, SessionAnswer } from '../../../shared/wire/index.ts'
import { buildExport } from '../../support/rows.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { createHostileNames, type Scenario } from '../../zoom/index.ts'

let server: TestServer
let lecture: Scenario
let session: SessionAnswer
let base: string

beforeAll(async () => {
  server = await startServer()
  lecture = server.world.add(
    createHostileNames({ clock: server.clock, seed: 3, startsAtMs: server.clock.now() }),
  )
  const { zoomUserId = '' } = lecture.meeting.host
  server.world.authorised.add(zoomUserId)
  await server.install(zoomUserId)
  server.webhooks.follow(lecture)
  server.clock.advanceBy(30 * 60_000)
  await server.told()
})
afterAll(() => server.stop())

beforeEach(async () => {
  server.clock.advanceBy(1_000)
  session = await server.session(server.world.appContext(lecture.meeting.host, lecture))
  base = `/api/gatherings/${session.meeting?.gatheringId ?? ''}`
})

const link = async (): Promise<ExportLink> =>
  (await (await server.call(session.token, 'POST', `${base}/exports`, buildExport())).json()) as ExportLink
const at = (url: string, init?: RequestInit): Promise<Response> => fetch(url, { redirect: 'manual', ...init })

describe('the list leaves', () => {
  it('by a link that looking at does not use up, whose button starts a download of ten minutes', async () => {
    const { url, rows, expiresInSeconds } = await link()
    expect(expiresInSeconds).toBe(120)
    expect(rows).toBeGreaterThan(5)
    for (let look = 0; look < 3; look++) {
      const page = await at(url)
      expect(page.status).toBe(200)
      expect(await page.text()).toContain(`${rows}\u00a0people`)
    }
    const pressed = await at(url, { method: 'POST' })
    expect(pressed.status).toBe(303)
    const file = new URL(pressed.headers.get('location') ?? '', url).href
    const download = await at(file)
    expect(download.headers.get('content-disposition')).toMatch(
      /^attachment; filename="attendance-[\d-]+\.csv"$/,
    )
    expect(download.headers.get('cache-control')).toBe('no-store')
    const text = await download.text()
    expect(text.split('\r\n')[0]).toBe(
      'Name,Other names,E-mail,Role,State,First join (Asia/Yekaterinburg),Join witnessed,Last leave (Asia/Yekaterinburg),Minutes present,Minutes waiting,Share (told once the meeting is over),Minimum,Status,Labels,Host’s reason,Identity',
    )
    server.clock.advanceBy(9 * 60_000)
    expect((await at(file)).status).toBe(200)
    server.clock.advanceBy(61_000)
    expect((await at(file)).status).toBe(410)
  })

  it('once: the second press and a link older than two minutes say what to do', async () => {
    const first = await link()
    expect((await at(first.url, { method: 'POST' })).status).toBe(303)
    const again = await at(first.url, { method: 'POST', headers: { 'accept-language': 'ru-RU' } })
    expect(again.status).toBe(410)
    expect(await again.text()).toContain('Ссылка больше не действует')
    const second = await link()
    server.clock.advanceBy(121_000)
    expect((await at(second.url)).status).toBe(410)
    expect((await at(second.url, { method: 'POST' })).status).toBe(410)
  })

  it('to one of two who press at the same instant', async () => {
    const { url } = await link()
    const statuses = (await Promise.all([at(url, { method: 'POST' }), at(url, { method: 'POST' })])).map(
      ({ status }) => status,
    )
    expect(statuses.sort()).toEqual([303, 410])
  })

  it('only to a context at most two minutes old', async () => {
    server.clock.advanceBy(121_000)
    const answer = await server.call(session.token, 'POST', `${base}/exports`, buildExport())
    expect(answer.status).toBe(403)
    expect(((await answer.json()) as { code: string }).code).toBe('context_stale')
    expect((await server.call(session.token, 'GET', `${base}/roster`)).status).toBe(200)
  })

  it('as text for the clipboard, harmless in both', async () => {
    const copied = await server.call(
      session.token,
      'POST',
      `${base}/clipboard`,
      buildExport({ format: 'tsv' }),
    )
    expect(copied.headers.get('content-type')).toBe('text/tab-separated-values; charset=utf-8')
    const text = await copied.text()
    expect(text.split('\r\n')[0]?.split('\t')).toHaveLength(16)
    expect(text).toMatch(/(^|\n)'?"?'=HYPERLINK|"'=HYPERLINK/)
    expect(text).not.toMatch(/(^|[\t\n])"?[=@＝]/)
  })

  it('with the act in the audit log, and no name in it', async () => {
    const lines = await server.query('select act, detail from audit order by seq')
    const acts = lines.map(({ act }) => act)
    expect(acts).toEqual(
      expect.arrayContaining([
        'installed',
        'grant_recorded',
        'roster_exported',
        'export_downloaded',
        'roster_copied',
      ]),
    )
    const exported = lines.find(({ act }) => act === 'roster_exported')
    expect(exported?.['detail']).toMatchObject({
      format: 'csv',
      rows: expect.any(Number),
      columns: expect.arrayContaining(['name', 'email']),
    })
    expect(JSON.stringify(lines)).not.toMatch(/HYPERLINK|onerror|@school|Мария/)
  })

  it('refuses a time zone and a format that do not exist', async () => {
    for (const wrong of [{ zone: 'Mars/Olympus' }, { format: 'exe' }, { separator: '|' }]) {
      const answer = await server.call(session.token, 'POST', `${base}/exports`, {
        ...buildExport(),
        ...wrong,
      })
      expect(answer.status).toBe(400)
    }
  })
})
