import { describe, expect, it } from 'vitest'
import { panelStage } from './panel-stage.ts'

const stage = panelStage()

async function openWide(query = ''): Promise<void> {
  const page = await stage.openPlain({
    viewport: { width: 1200, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Asia/Yekaterinburg',
  })
  await page.goto(`${stage.server.origin}/wide${query}`)
}
const openSettings = async () => {
  await stage.page.getByRole('button', { name: 'Settings' }).click()
  await stage.page.getByText('You are in it.').waitFor()
}

describe('the wide view', () => {
  it('works without Zoom, proved by its cookie and our own mark', async () => {
    await openWide()
    await openSettings()
    expect([...stage.server.proofs]).toEqual(['panel'])
    const text = await stage.visibleText()
    for (const inZoomOnly of ['Live', 'Open in browser', 'Like Zoom']) expect(text).not.toContain(inZoomOnly)
    expect(stage.server.told.filter(({ call }) => call.endsWith('/observations'))).toEqual([])
    expect(await stage.violations()).toEqual([])
  })

  it('signs out and says how to come back', async () => {
    await openWide()
    await openSettings()
    await stage.page.getByRole('button', { name: 'Sign out' }).click()
    await stage.page.getByRole('heading', { name: 'You are signed out' }).waitFor()
    expect(await stage.visibleText()).toContain('Open it again from Zoom')
    expect(stage.server.told.at(-1)?.call).toBe('POST /api/session/end')
    expect(await stage.violations()).toEqual([])
  })

  it('says that its hour is over, and leads back to Zoom', async () => {
    stage.server.answers.expiresInSeconds = 1
    await openWide('?lang=ru&theme=dark')
    await stage.page.getByRole('heading', { name: 'Этот просмотр закончился' }).waitFor()
    expect(await stage.visibleText()).toContain('Откройте его снова из Zoom')
    expect(await stage.violations()).toEqual([])
  })

  it('asks for Zoom at once when nothing was handed over to it', async () => {
    stage.server.answers.refuse = 'session_missing'
    await openWide()
    await stage.page.getByRole('heading', { name: 'This view has ended' }).waitFor()
  })
})
