import { signal, type ReadonlySignal } from '@preact/signals'
import type { ImportItem } from '../../shared/wire/index.ts'
import { ApiProblem, type PanelProblem } from './api.ts'
import type { ImportApi } from './import-api.ts'
import type { SessionModel } from './session.ts'

/** How far taking one import back has come: asked whether, under way, done. */
export type TakingBack = 'asked' | 'working' | 'gone'

export interface ImportedModel {
  /** What was imported and not undone, the latest first; null until it was read. */
  items: ReadonlySignal<readonly ImportItem[] | null>
  /** They own no installation, so they may not import either. */
  forbidden: ReadonlySignal<boolean>
  taking: ReadonlySignal<ReadonlyMap<string, TakingBack>>
  /** Why the list could not be read, or an import not be taken back. */
  trouble: ReadonlySignal<PanelProblem | null>
  load(): Promise<void>
  ask(importId: string): void
  keep(importId: string): void
  takeBack(importId: string): Promise<void>
}

/** Files that were imported earlier, each of which can be taken back. */
export function createImportedModel(parts: {
  api: Pick<ImportApi, 'list' | 'undo'>
  session: Pick<SessionModel, 'call'>
  /** Something changed about gatherings. */
  onChange: () => void
}): ImportedModel {
  const { api, session } = parts
  const items = signal<readonly ImportItem[] | null>(null)
  const forbidden = signal(false)
  const taking = signal<ReadonlyMap<string, TakingBack>>(new Map())
  const trouble = signal<PanelProblem | null>(null)

  const mark = (importId: string, now: TakingBack | null): void => {
    const others = [...taking.peek()].filter(([id]) => id !== importId)
    taking.value = new Map(now === null ? others : [...others, [importId, now]])
  }
  const codeOf = (error: unknown): PanelProblem => (error instanceof ApiProblem ? error.code : 'unexpected')

  return {
    ...{ items, forbidden, taking, trouble },
    async load() {
      try {
        const list = await session.call((token) => api.list(token))
        items.value = list.filter(({ state }) => state !== 'undone')
        trouble.value = null
      } catch (error) {
        const code = codeOf(error)
        if (code === 'forbidden') forbidden.value = true
        else trouble.value = code
      }
    },
    ask(importId) {
      mark(importId, 'asked')
    },
    keep(importId) {
      mark(importId, null)
    },
    async takeBack(importId) {
      if (taking.peek().get(importId) !== 'asked') return
      mark(importId, 'working')
      try {
        await session.call((token) => api.undo(token, importId), 'fresh')
        mark(importId, 'gone')
        trouble.value = null
        parts.onChange()
      } catch (error) {
        mark(importId, null)
        trouble.value = codeOf(error)
      }
    },
  }
}
