import { describe, expect, it } from 'vitest'
import { createExportModel, type ExportSelection } from '../../../client/models/exporting.ts'
import type { Language } from '../../../shared/words/index.ts'
import { createSessionModel } from '../../../client/models/session.ts'
import { fakeApi, fakeZoom, problem } from './fakes.ts'

async function build(given: { copies?: boolean; decimalComma?: boolean } = {}) {
  const zoom = fakeZoom()
  const server = fakeApi()
  const session = createSessionModel(zoom.zoom, server.api)
  await session.open()
  const copied: string[] = []
  const language = { now: 'en' as Language }
  const exporting = createExportModel({
    zoom: zoom.zoom,
    api: server.api,
    session,
    gatheringId: () => 'g1',
    language: () => language.now,
    decimalComma: given.decimalComma ?? false,
    zone: 'Asia/Yekaterinburg',
    copy: (text) => {
      copied.push(text)
      return Promise.resolve(given.copies ?? true)
    },
    origin: 'https://rollbook.example',
  })
  session.stop()
  return { zoom, server, exporting, copied, language }
}
const selection: ExportSelection = {
  ...{ list: 'people', show: 'here', label: null, withoutStaff: false },
  ...{ search: 'ann', sort: 'name' },
}

describe('exporting', () => {
  it('writes the headers in the panel’s language until somebody chooses another', async () => {
    const { exporting, language } = await build()
    language.now = 'ru'
    exporting.reset()
    expect(exporting.choice.value.language).toBe('ru')
    exporting.choice.value = { ...exporting.choice.value, language: 'en' }
    exporting.reset()
    expect(exporting.choice.value.language).toBe('en')
  })

  it('leaves out whoever comes anyway where the list does', async () => {
    const { server, exporting } = await build()
    await exporting.run({ ...selection, withoutStaff: true })
    expect(server.state.exported[0]?.request.filter).toEqual({
      ...{ show: 'here', search: 'ann', withoutStaff: true },
    })
  })

  it('asks for exactly what the list shows and opens the link in the system browser', async () => {
    const { zoom, server, exporting } = await build()
    await exporting.run(selection)
    expect(server.state.exported[0]?.request).toEqual({
      list: 'people',
      format: 'csv',
      separator: ',',
      decimal: '.',
      bom: true,
      language: 'en',
      zone: 'Asia/Yekaterinburg',
      filter: { show: 'here', search: 'ann' },
      sort: 'name',
    })
    expect(zoom.state.opened).toEqual(['https://rollbook.example/exports/abc'])
    expect(exporting.step.value).toMatchObject({ status: 'opened', rows: 3 })
  })

  it('separates by semicolons where decimals have a comma, as Excel does there', async () => {
    const { exporting } = await build({ decimalComma: true })
    expect(exporting.choice.value).toMatchObject({ separator: ';', decimal: ',', bom: true })
  })

  it('fetches a fresh proof of the role when the old one is too old, once', async () => {
    const { zoom, server, exporting } = await build()
    server.state.exportFails = [problem('context_stale')]
    await exporting.run(selection)
    expect(zoom.state.contexts).toBe(2)
    expect(exporting.step.value.status).toBe('opened')
  })

  it('says why when the server refuses, and opens nothing', async () => {
    const { zoom, server, exporting } = await build()
    server.state.exportFails = [problem('cohost_policy')]
    await exporting.run(selection)
    expect(exporting.step.value).toEqual({ status: 'failed', code: 'cohost_policy' })
    expect(zoom.state.opened).toEqual([])
  })

  it('copies a table with the sentence above it, and counts its rows', async () => {
    const { exporting, copied } = await build()
    exporting.pick('table')
    await exporting.run(selection)
    expect(copied).toEqual(['1 person came.\r\n\r\nName\r\nElena\r\n'])
    expect(exporting.step.value).toEqual({ status: 'copied', rows: 1 })
  })

  it('puts the sentence on top of a file when that is asked for, from then on, and never above what a report changed', async () => {
    const { server, exporting } = await build()
    exporting.choice.value = { ...exporting.choice.value, sentence: true }
    await exporting.run(selection)
    exporting.pick('csv')
    await exporting.run(selection)
    exporting.reset()
    exporting.pick('excel')
    await exporting.run(selection)
    await exporting.run({ list: 'differences', kind: null, search: '' })
    expect(server.state.exported.map(({ request }) => request.sentence)).toEqual([
      true,
      true,
      true,
      undefined,
    ])
  })

  it('counts people, not lines, when a name holds a line break', async () => {
    const { server, exporting } = await build()
    server.state.text = '2 people came.\r\n\r\nName\r\n"Elena ""Lena""\r\nPetrova"\r\nOleg\r\n'
    exporting.pick('table')
    await exporting.run(selection)
    expect(exporting.step.value).toEqual({ status: 'copied', rows: 2 })
  })

  it('shows the text to be copied by hand where copying is forbidden', async () => {
    const { exporting } = await build({ copies: false })
    exporting.pick('table')
    await exporting.run(selection)
    expect(exporting.step.value).toEqual({
      status: 'by_hand',
      text: '1 person came.\r\n\r\nName\r\nElena\r\n',
    })
  })
})
