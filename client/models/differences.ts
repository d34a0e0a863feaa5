import { effect, signal, untracked, type Signal } from '@preact/signals'
import type { Difference, DifferenceList } from '../../shared/wire/index.ts'
import type { Api } from './api.ts'
import { createPaged, type Paged } from './paged.ts'
import type { SessionModel } from './session.ts'

export type DifferenceKind = Difference['kind']
export const differenceKinds: readonly DifferenceKind[] = [
  'minutes_changed',
  'added',
  'not_in_report',
  'merged',
  'split',
]

export interface DifferencesModel {
  /** null: every kind. */
  kind: Signal<DifferenceKind | null>
  search: Signal<string>
  list: Paged<Difference, DifferenceList>
  /** Compares this gathering from now on; a new one begins with nothing chosen. */
  open(gatheringId: string): void
  /** The viewer may no longer see them. */
  forget(): void
}

const SETTLE_MS = 250

/** What the official list changed in the live one, counted by kind, filtered and paged by the server. */
export function createDifferencesModel(
  api: Pick<Api, 'differences'>,
  session: Pick<SessionModel, 'call'>,
): DifferencesModel {
  const kind = signal<DifferenceKind | null>(null)
  const search = signal('')
  let gathering: string | null = null
  let settling: ReturnType<typeof setTimeout> | undefined
  const list = createPaged<Difference, DifferenceList>(
    (cursor) =>
      session.call((token) =>
        api.differences(token, gathering ?? '', {
          kind: kind.peek(),
          search: search.peek().trim().slice(0, 200),
          cursor,
        }),
      ),
    (item) => `${item.kind} ${item.personId}`,
  )

  let before: string | null = null
  effect(() => {
    const wish = `${kind.value ?? ''} ${search.value.trim()}`
    const changed = before !== null && wish !== before
    before = wish
    if (!changed) return
    untracked(() => {
      if (gathering === null) return
      clearTimeout(settling)
      settling = setTimeout(() => void list.reload(), SETTLE_MS)
    })
  })

  return {
    kind,
    search,
    list,
    open(gatheringId) {
      const another = gathering !== gatheringId
      gathering = gatheringId
      if (another) {
        kind.value = null
        search.value = ''
      }
      clearTimeout(settling)
      void list.reload(another)
    },
    forget() {
      gathering = null
      clearTimeout(settling)
      list.clear()
    },
  }
}
