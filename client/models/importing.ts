import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { Column, DateOrder, Field } from '../../shared/files/index.ts'
import { MOST_IMPORT_BYTES, MOST_PREVIEWED } from '../../shared/wire/import-limits.ts'
import type { ImportAnswer, ImportOptions, ImportPreview } from '../../shared/wire/index.ts'
import type { lookInWorker, Look, Wish } from '../reading/index.ts'
import { ApiProblem, type PanelProblem } from './api.ts'
import type { ImportApi } from './import-api.ts'
import type { SessionModel } from './session.ts'

export type ImportStep =
  | { status: 'choosing' }
  | { status: 'reading'; part: number }
  /** Looked at. `preview` null: it is looked at anew, or the server is being asked where its meetings would go. */
  | { status: 'looking'; look: Look; preview: ImportPreview | null }
  | { status: 'sending'; part: number }
  /** `trouble`: why it could not be undone. */
  | { status: 'done'; answer: ImportAnswer; undone: boolean; trouble: PanelProblem | null }
  | { status: 'too_large' }
  | { status: 'failed'; code: PanelProblem | 'reading' }

export interface ImportModel {
  file: ReadonlySignal<File | null>
  /** Given with it, and not looked at yet: each is handed in by itself. */
  waiting: ReadonlySignal<readonly File[]>
  step: ReadonlySignal<ImportStep>
  zone: Signal<string>
  dates: Signal<DateOrder | null>
  columns: ReadonlySignal<ReadonlyMap<number, Field | null> | null>
  confirmed: Signal<boolean>
  /** Gatherings chosen for meetings without a number, by their place in the file. */
  into: ReadonlySignal<ReadonlyMap<number, string>>
  /** Nothing is open that has to be answered first. */
  ready: ReadonlySignal<boolean>
  undoing: ReadonlySignal<boolean>
  /** Takes the first; the others wait before those that wait already. Does nothing while one is being sent. */
  choose(files: readonly File[]): void
  /** Takes the next of those that wait, and leaves the one on screen as it is. */
  next(): void
  setZone(zone: string): void
  setDates(order: DateOrder): void
  setColumn(at: number, field: Field | null): void
  setInto(meeting: number, gatheringId: string | null): void
  send(): Promise<void>
  undo(): Promise<void>
  /** After a failure: looks at the same file once more. */
  tryAgain(): void
  stop(): void
}

/** Files on their way in, one at a time: looked at here, previewed, handed in, perhaps undone. */
export function createImportModel(parts: {
  api: ImportApi
  session: Pick<SessionModel, 'call'>
  lookAt: typeof lookInWorker
  zone: string
  /** Something changed about these gatherings. */
  onChange: () => void
}): ImportModel {
  const { api, session } = parts
  const file = signal<File | null>(null)
  const waiting = signal<readonly File[]>([])
  const step = signal<ImportStep>({ status: 'choosing' })
  const zone = signal(parts.zone)
  const dates = signal<DateOrder | null>(null)
  const columns = signal<ReadonlyMap<number, Field | null> | null>(null)
  const confirmed = signal(false)
  const into = signal<ReadonlyMap<number, string>>(new Map())
  const undoing = signal(false)
  let stopLooking = (): void => undefined
  /** Of several looks at a file only the last one is heard. */
  let turn = 0

  const ready = computed(() => {
    const { value } = step
    if (value.status !== 'looking' || value.look.as !== 'list' || value.preview === null) return false
    return value.look.rows > 0 && (!value.look.survey.needsConfirmation || confirmed.value)
  })

  async function look(): Promise<void> {
    const chosen = file.peek()
    if (chosen === null) return
    stopLooking()
    const mine = ++turn
    const wish: Wish = {
      ...{ zone: zone.peek(), dates: dates.peek() },
      columns: columns.peek() && [...(columns.peek() ?? [])],
    }
    const before = step.peek()
    // An answer changes what is there, in its place: whoever answers by keyboard stays where they are.
    const stays = before.status === 'looking'
    step.value = stays ? { ...before, preview: null } : { status: 'reading', part: 0 }
    const looking = parts.lookAt(chosen, wish, (part) => {
      if (mine === turn && !stays) step.value = { status: 'reading', part }
    })
    stopLooking = looking.stop
    try {
      const found = await looking.look
      if (mine !== turn) return
      step.value = { status: 'looking', look: found, preview: null }
      if (found.as !== 'list' || found.rows === 0) return
      const preview = await previewOf(found)
      if (mine === turn) step.value = { status: 'looking', look: found, preview }
    } catch (error) {
      if (mine === turn)
        step.value = { status: 'failed', code: error instanceof ApiProblem ? error.code : 'reading' }
    }
  }

  async function previewOf({ hash, meetings }: Extract<Look, { as: 'list' }>): Promise<ImportPreview> {
    const iso = (ms: number): string => new Date(ms).toISOString()
    const asked = meetings.map(({ number, startMs, endMs }) => ({
      ...{ number, startedAt: iso(startMs), endedAt: iso(endMs) },
    }))
    const answers: ImportPreview[] = []
    for (let at = 0; at < asked.length; at += MOST_PREVIEWED) {
      const piece = { hash: hash ?? '0'.repeat(64), meetings: asked.slice(at, at + MOST_PREVIEWED) }
      answers.push(await session.call((token) => api.preview(token, piece)))
    }
    return {
      importedAt: answers[0]?.importedAt ?? null,
      meetings: answers.flatMap((one) => one.meetings),
    }
  }

  function take([first, ...others]: readonly File[]): void {
    if (first === undefined || step.peek().status === 'sending') return
    turn++
    stopLooking()
    batch(() => {
      step.value = { status: 'choosing' }
      file.value = first
      waiting.value = others
      dates.value = null
      columns.value = null
      confirmed.value = false
      into.value = new Map()
    })
    if (first.size > MOST_IMPORT_BYTES) step.value = { status: 'too_large' }
    else void look()
  }

  return {
    ...{ file, waiting, step, zone, dates, columns, confirmed, into, ready, undoing },
    choose(files) {
      if (files.length > 0) take([...files, ...waiting.peek()])
    },
    next() {
      take(waiting.peek())
    },
    setZone(chosen) {
      zone.value = chosen
      into.value = new Map()
      void look()
    },
    setDates(order) {
      dates.value = order
      void look()
    },
    setColumn(at, field) {
      const { value } = step
      const found = value.status === 'looking' ? columnsOf(value.look) : []
      const said = new Map(columns.peek() ?? found.map((column) => [column.at, column.field]))
      columns.value = said.set(at, field)
      confirmed.value = true
      void look()
    },
    setInto(meeting, gatheringId) {
      const chosen = new Map(into.peek())
      if (gatheringId === null) chosen.delete(meeting)
      else chosen.set(meeting, gatheringId)
      into.value = chosen
    },
    async send() {
      const chosen = file.peek()
      if (chosen === null || !ready.peek()) return
      const options: ImportOptions = {
        ...{ name: chosen.name.slice(-300), zone: zone.peek(), dates: dates.peek() },
        columns: columns.peek() && chosenColumns(columns.peek() ?? new Map()),
        confirmed: confirmed.peek(),
        into: [...into.peek()].map(([meeting, gatheringId]) => ({ meeting, gatheringId })),
      }
      step.value = { status: 'sending', part: 0 }
      try {
        const answer = await session.call(
          (token) =>
            api.send(token, chosen, options, (part) => {
              step.value = { status: 'sending', part }
            }),
          'fresh',
        )
        step.value = { status: 'done', answer, undone: false, trouble: null }
        parts.onChange()
      } catch (error) {
        step.value = { status: 'failed', code: error instanceof ApiProblem ? error.code : 'unexpected' }
      }
    },
    async undo() {
      const { value } = step
      if (value.status !== 'done' || undoing.peek()) return
      undoing.value = true
      try {
        await session.call((token) => api.undo(token, value.answer.id), 'fresh')
        step.value = { ...value, undone: true, trouble: null }
        parts.onChange()
      } catch (error) {
        step.value = { ...value, trouble: error instanceof ApiProblem ? error.code : 'unexpected' }
      } finally {
        undoing.value = false
      }
    },
    tryAgain() {
      void look()
    },
    stop() {
      turn++
      stopLooking()
    },
  }
}

const columnsOf = (look: Look): readonly Column[] =>
  look.as === 'refused' ? (look.table?.columns ?? []) : look.survey.columns

type ChosenColumn = NonNullable<ImportOptions['columns']>[number]

/** Columns of the meeting are not chosen by hand: they stay as their headers say. */
function chosenColumns(said: ReadonlyMap<number, Field | null>): ChosenColumn[] {
  return [...said].flatMap(([at, field]): ChosenColumn[] =>
    field === null || participantFields.has(field) ? [{ at, field: field as ChosenColumn['field'] }] : [],
  )
}

const participantFields: ReadonlySet<Field> = new Set([
  ...(['name', 'first_name', 'last_name', 'email', 'phone', 'join', 'leave', 'minutes', 'guest'] as const),
  ...(['consent', 'in_waiting_room', 'attended', 'registered_at', 'approval', 'registrant_id'] as const),
  ...(['zoom_user_id', 'country', 'attentiveness'] as const),
])
