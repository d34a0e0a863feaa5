/**
 * `npm run screenshots [-- FOLDER]`: pictures of the real panel in the demo and of the home page that reads files, at panel
 * and desktop width, light and dark, English and Russian. Without a folder the pictures of the documentation are made anew,
 * in docs/pictures.
 */
import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Browser, FrameLocator, Page } from 'playwright-core'
import { openBrowser } from './browser.ts'

interface Look {
  name: string
  theme: 'light' | 'dark'
  language: 'en' | 'ru'
}
interface Shot extends Look {
  width: '280' | '372' | '400' | '900'
  /** Whose panel; the host's when not given. */
  as?: 'cohost' | 'participant' | 'guest'
  /** What to do in the panel before the picture is taken. */
  act?: (panel: FrameLocator) => Promise<void>
  /** Of the whole demo page instead of the panel. */
  whole?: true
}

const openExport = async (panel: FrameLocator): Promise<void> => {
  await panel.getByRole('button', { name: /^(Export|Экспорт)$/ }).click()
  await panel.getByRole('dialog').waitFor()
}
const openPerson = async (panel: FrameLocator): Promise<void> => {
  await panel.getByRole('searchbox').fill('Марат')
  await panel.getByRole('row').nth(1).click()
  await panel.getByRole('dialog').waitFor()
}

const openMeetings = async (panel: FrameLocator): Promise<void> => {
  await panel.getByRole('button', { name: /^(Meetings|Встречи)$/ }).click()
  await panel
    .getByText(/^(Final|Итог)$/)
    .first()
    .waitFor()
}
const openMeeting = async (panel: FrameLocator): Promise<void> => {
  await openMeetings(panel)
  await panel
    .getByText(/^(Final|Итог)$/)
    .first()
    .click()
  await panel.getByText(/^(Final:|Итог:)/).waitFor()
}
const openDifferences = async (panel: FrameLocator): Promise<void> => {
  await openMeeting(panel)
  await panel.getByRole('button', { name: /^(Differences|Отличия)$/ }).click()
  await panel.getByRole('dialog').waitFor()
}
const openCard = async (panel: FrameLocator): Promise<void> => {
  await openMeeting(panel)
  await panel.getByRole('searchbox').last().fill('Морозко')
  await panel.getByRole('row').filter({ hasText: 'Морозко' }).last().click()
  await panel
    .getByText(/original row|исходн/)
    .first()
    .waitFor()
}
const openCorrecting = async (panel: FrameLocator): Promise<void> => {
  await openCard(panel)
  await panel.getByRole('button', { name: /^(Present or absent|Был или не был)$/ }).click()
}
const openMerging = async (panel: FrameLocator): Promise<void> => {
  await openCard(panel)
  await panel.getByRole('button', { name: /^(Merge with|Объединить с)/ }).click()
}
const openRules = async (panel: FrameLocator): Promise<void> => {
  await openMeeting(panel)
  await panel.getByRole('button', { name: /^(Rules|Правила)$/ }).click()
  await panel.getByRole('slider').waitFor()
}
const openCorrections = async (panel: FrameLocator): Promise<void> => {
  await openMeeting(panel)
  await panel.getByRole('button', { name: /^(Corrections|Исправления)$/ }).click()
  await panel.getByRole('dialog').waitFor()
}
const openSettings = async (panel: FrameLocator): Promise<void> => {
  await panel.getByRole('button', { name: /^(Settings|Настройки)$/ }).click()
  await panel.getByRole('radio').first().waitFor()
}

const documentation: Shot[] = [
  { name: 'demo', theme: 'light', language: 'en', width: '400', whole: true },
  { name: 'panel-light-en', theme: 'light', language: 'en', width: '400' },
  { name: 'panel-dark-ru', theme: 'dark', language: 'ru', width: '400' },
  { name: 'export-dark-en', theme: 'dark', language: 'en', width: '400', act: openExport },
  { name: 'meeting-light-en', theme: 'light', language: 'en', width: '400', act: openMeeting },
]
const everything: Shot[] = (['280', '372', '400', '900'] as const).flatMap((width) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    (['en', 'ru'] as const).flatMap((language): Shot[] => {
      const name = `${width}-${theme}-${language}`
      const shot = { theme, language, width }
      return [
        { ...shot, name: `live-${name}` },
        { ...shot, name: `export-${name}`, act: openExport },
        { ...shot, name: `person-${name}`, act: openPerson },
        { ...shot, name: `meetings-${name}`, act: openMeetings },
        { ...shot, name: `meeting-${name}`, act: openMeeting },
        { ...shot, name: `differences-${name}`, act: openDifferences },
        { ...shot, name: `card-${name}`, act: openCard },
        { ...shot, name: `correcting-${name}`, act: openCorrecting },
        { ...shot, name: `merging-${name}`, act: openMerging },
        { ...shot, name: `rules-${name}`, act: openRules },
        { ...shot, name: `corrections-${name}`, act: openCorrections },
        { ...shot, name: `settings-${name}`, act: openSettings },
        ...(['participant', 'guest'] as const).map((as) => ({ ...shot, name: `${as}-${name}`, as })),
      ]
    }),
  ),
)

/** The home page in a plain browser with the list of an example. */
const home: (Look & { widthPx: number })[] =
  process.argv[2] === undefined
    ? [{ name: 'drop-light-en', theme: 'light', language: 'en', widthPx: 1280 }]
    : [400, 1280].flatMap((widthPx) =>
        (['light', 'dark'] as const).flatMap((theme) =>
          (['en', 'ru'] as const).map((language) => ({
            ...{ name: `drop-${widthPx}-${theme}-${language}`, theme, language, widthPx },
          })),
        ),
      )

const folder = process.argv[2] ?? 'docs/pictures'
const shots = process.argv[2] === undefined ? documentation : everything

await mkdir(folder, { recursive: true })
const demo = await startDemo()
let browser: Browser | undefined
try {
  browser = await openBrowser()
  const page = await browser.newPage({
    viewport: { width: 1440, height: 860 },
    locale: 'en-GB',
    timezoneId: 'Asia/Yekaterinburg',
  })
  for (const shot of shots) await take(page, shot)
  for (const look of home) await takeHome(page, look)
} finally {
  await browser?.close()
  demo.stop()
}

async function take(page: Page, { name, theme, language, width, as, act, whole }: Shot): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  const query = new URLSearchParams({ as: as ?? 'host', width, theme, lang: language })
  await page.goto(`${demo.url}?${query.toString()}`)
  const panel = page.frameLocator('iframe')
  await panel
    .getByRole(as === undefined ? 'grid' : 'heading')
    .first()
    .waitFor()
  // The rows of the newly opened panel settle with its first reading of the list.
  await page.waitForTimeout(1_500)
  await act?.(panel)
  await page.waitForTimeout(300)
  const path = join(folder, `${name}.png`)
  if (whole === true) await page.screenshot({ path })
  else await page.locator('iframe').screenshot({ path })
  console.log(path)
}

async function takeHome(
  page: Page,
  { name, theme, language, widthPx }: (typeof home)[number],
): Promise<void> {
  await page.setViewportSize({ width: widthPx, height: 860 })
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  await page.goto(`${demo.homeUrl}/?${new URLSearchParams({ theme, lang: language }).toString()}`)
  await page.getByRole('button', { name: /example|примере/ }).click()
  await page.getByRole('grid').waitFor()
  await page.waitForTimeout(1_000)
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path })
  console.log(path)
}

async function startDemo(): Promise<{ url: string; homeUrl: string; stop: () => void }> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'test/zoom/demo.ts', '--port', '0', '--page-port', '0'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let homeUrl = ''
  for await (const line of createInterface({ input: child.stdout })) {
    homeUrl = /^Rollbook is ready at (\S+)/.exec(line)?.[1] ?? homeUrl
    const url = /^Demo: (\S+)/.exec(line)?.[1]
    if (url !== undefined) return { url, homeUrl, stop: () => child.kill('SIGTERM') }
  }
  throw new Error('The demo ended before it was ready.')
}
