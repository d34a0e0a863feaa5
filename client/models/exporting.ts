import { signal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { ExportRequest } from '../../shared/wire/index.ts'
import type { Language } from '../../shared/words/index.ts'
import type { ZoomClient } from '../zoom/index.ts'
import { ApiProblem, type Api, type PanelProblem } from './api.ts'
import type { DifferenceKind } from './differences.ts'
import type { SessionModel } from './session.ts'
import type { Show, Sort } from './table.ts'

export type ExportKind = 'excel' | 'csv' | 'table'

export interface ExportChoice {
  kind: ExportKind
  separator: ExportRequest['separator']
  decimal: ExportRequest['decimal']
  bom: boolean
  /** Whether the sentence stands above a file of people; a copy always has it. Kept until the panel is closed. */
  sentence: boolean
  language: Language
}

export type ExportStep =
  | { status: 'choosing' }
  | { status: 'preparing' }
  /** Handed to the system browser; whether it opened nobody can tell us, so the link stays at hand. */
  | { status: 'opened'; url: string; rows: number }
  | { status: 'copied'; rows: number }
  /** The embedded browser refuses to copy: the text is shown to be copied by hand. */
  | { status: 'by_hand'; text: string }
  | { status: 'failed'; code: PanelProblem }

/** What is on screen, and so what is exported. */
export type ExportSelection =
  | {
      list: 'people'
      show: Show
      label: string | null
      withoutStaff: boolean
      search: string
      sort: Sort
    }
  | { list: 'differences'; kind: DifferenceKind | null; search: string }

export interface ExportModel {
  choice: Signal<ExportChoice>
  step: ReadonlySignal<ExportStep>
  /** The zone the times are written in. */
  zone: string
  pick(kind: ExportKind): void
  /** Makes the file or the copy of what the list shows now. */
  run(selection: ExportSelection): Promise<void>
  copyLink(): Promise<boolean>
  reset(): void
}

/**
 * The list leaves the panel by the system browser or by the clipboard. Zoom's embedded browser is not trusted to save
 * files. Both need a proof of the role not older than two minutes, which the session fetches first when its own is older.
 */
export function createExportModel(parts: {
  zoom: Pick<ZoomClient, 'openUrl'>
  api: Pick<Api, 'exportLink' | 'clipboard'>
  session: Pick<SessionModel, 'call'>
  gatheringId: () => string | null
  /** Of the panel now; the headers follow it until somebody chooses otherwise. */
  language: () => Language
  /** Does this reader's country write 1,5? Then Excel there expects semicolons. */
  decimalComma: boolean
  zone: string
  copy: (text: string) => Promise<boolean>
  origin: string
}): ExportModel {
  const excel: ExportChoice = {
    kind: 'excel',
    separator: parts.decimalComma ? ';' : ',',
    decimal: parts.decimalComma ? ',' : '.',
    bom: true,
    sentence: false,
    language: parts.language(),
  }
  const choice = signal<ExportChoice>(excel)
  let offered = excel.language
  const step = signal<ExportStep>({ status: 'choosing' })

  return {
    choice,
    step,
    zone: parts.zone,
    pick(kind) {
      const { sentence, language } = choice.value
      if (kind === 'excel') choice.value = { ...excel, sentence, language }
      else if (kind === 'csv')
        choice.value = { kind, separator: ',', decimal: '.', bom: false, sentence, language }
      else choice.value = { kind, separator: 'tab', decimal: excel.decimal, bom: false, sentence, language }
      step.value = { status: 'choosing' }
    },
    async run(selection) {
      const gatheringId = parts.gatheringId()
      if (gatheringId === null || step.value.status === 'preparing') return
      const { kind, sentence, ...written } = choice.value
      const request: ExportRequest = {
        ...written,
        ...wished(selection),
        // Whoever pastes a list reads it; a file is read by programs as well, which look for headers in the first line.
        ...((kind === 'table' || sentence) && selection.list === 'people' ? { sentence: true } : {}),
        format: kind === 'table' ? 'tsv' : 'csv',
        zone: parts.zone,
      }
      step.value = { status: 'preparing' }
      try {
        if (kind === 'table') {
          const text = await parts.session.call(
            (token) => parts.api.clipboard(token, gatheringId, request),
            'fresh',
          )
          step.value = (await parts.copy(text))
            ? { status: 'copied', rows: countRows(text, request.sentence === true) }
            : { status: 'by_hand', text }
        } else {
          const link = await parts.session.call(
            (token) => parts.api.exportLink(token, gatheringId, request),
            'fresh',
          )
          const url = new URL(link.url, parts.origin).href
          parts.zoom.openUrl(url)
          step.value = { status: 'opened', url, rows: link.rows }
        }
      } catch (error) {
        step.value = { status: 'failed', code: error instanceof ApiProblem ? error.code : 'unexpected' }
      }
    },
    copyLink: () => (step.value.status === 'opened' ? parts.copy(step.value.url) : Promise.resolve(false)),
    reset() {
      if (step.value.status === 'preparing') return
      step.value = { status: 'choosing' }
      const language = parts.language()
      if (choice.value.language === offered) choice.value = { ...choice.value, language }
      offered = language
    },
  }
}

function wished(selection: ExportSelection): Pick<ExportRequest, 'list' | 'filter' | 'sort'> {
  const search = selection.search.slice(0, 200)
  if (selection.list === 'people') {
    const { show, label, withoutStaff, sort } = selection
    const filter = {
      ...{ show, search, ...(label === null ? {} : { label }) },
      ...(withoutStaff ? { withoutStaff } : {}),
    }
    return { list: 'people', filter, sort }
  }
  const { kind } = selection
  return {
    list: 'differences',
    filter: { show: 'all', search, ...(kind === null ? {} : { kind }) },
    sort: 'name',
  }
}

/**
 * Lines after the header, and after the sentence where there is one; a line break inside a quoted cell, from a name that holds
 * one, ends none.
 */
function countRows(text: string, hasSentence: boolean): number {
  const lines = text.replace(/"[^"]*"/g, '""').split('\r\n')
  return Math.max(0, lines.filter((line) => line !== '').length - (hasSentence ? 2 : 1))
}
