import { computed, signal, type ReadonlySignal } from '@preact/signals'
import type { Column, DateOrder, Field } from '../../shared/files/index.ts'
import type { Language } from '../../shared/words/index.ts'
import { MOST_FILES } from '../reading/hands.ts'
import type { Base, Desk, Gathering, Measured, Overview } from './desk.ts'
import { isUndecided, isUnreadable, openQuestion, orderOf, withColumns, type DroppedFile } from './files.ts'
import { createListModel } from './list-model.ts'
import { createMinimumModel } from './minimum-model.ts'
import { sentenceOf } from './sentence.ts'

/** More than this together is not for a page: a million rows have about 100 MB. */
export const MOST_BYTES = 300_000_000
/** More lines than this are no text for a clipboard. */
export const MOST_COPIED = 20_000
/** Looking at files is this part of reading them. */
const LOOKING = 0.3

export interface DropParts {
  /** Starts a Worker. `stop` ends it, whatever it is doing. */
  start: (onProgress: (part: number) => void) => { desk: Desk; stop: () => void }
  /** The browser's own zone. */
  zone: string
  language: ReadonlySignal<Language>
  copy: (text: string) => Promise<boolean>
  save: (file: Blob) => void
}

export type Work = 'idle' | 'looking' | 'reading' | 'failed'
export interface Result {
  overview: Overview
  measured: Measured
  /** Which files are in it. */
  files: ReadonlySet<string>
}
/** Something about files that were not taken, or were taken away. */
export type Notice =
  | { notice: 'twice'; name: string }
  | { notice: 'too_large'; bytes: number }
  | { notice: 'no_files' }
  | { notice: 'too_many' }
  /** `before`: all files as they were, to be put back. `name`: of the one that was removed; null: all were. */
  | { notice: 'removed'; before: readonly DroppedFile[]; name: string | null }

/** The page that reads files: which there are, what is asked about them, and what they say. It never holds the list itself. */
export function createDropModel({ start, zone: ownZone, language, copy, save }: DropParts) {
  const files = signal<readonly DroppedFile[]>([])
  const work = signal<Work>('idle')
  const progress = signal(0)
  const result = signal<Result | null>(null)
  const notice = signal<Notice | null>(null)
  const zone = signal(ownZone)
  const base = signal<Base>('told')
  const taking = signal<'idle' | 'csv' | 'copying' | 'copied' | 'not_copied'>('idle')
  /** Whether the sentence stands above the file that is saved; a copy always has it. */
  const withSentence = signal(false)
  const question = computed(() => openQuestion(files.value))

  let connection: ReturnType<DropParts['start']> | null = null
  let turn = 0
  let reading = (part: number): number => part
  const desk = (): Desk => {
    connection ??= start((part) => {
      progress.value = Math.max(progress.value, reading(part))
    })
    return connection.desk
  }

  const minimum = createMinimumModel(
    () => asking(desk()),
    () => void list.select(),
  )
  const list = createListModel({
    desk: () => asking(desk()),
    language,
    minimum: minimum.settled,
    isReady: () => result.value !== null && work.value === 'idle',
  })

  /** Questions about the list fail only when the Worker is gone; then there is one sentence for all of them. */
  function asking(one: Desk): <Answer>(question: (desk: Desk) => Promise<Answer>) => Promise<Answer | null> {
    const asked = turn
    return async (ask) => {
      try {
        const answer = await ask(one)
        return asked === turn ? answer : null
      } catch {
        if (asked === turn) giveUp()
        return null
      }
    }
  }

  function giveUp(): void {
    stop()
    result.value = null
    work.value = 'failed'
  }

  /** Ends whatever the Worker does; it keeps nothing, so all is read anew. */
  function stop(): void {
    turn++
    connection?.stop()
    connection = null
  }

  function change(next: readonly DroppedFile[]): void {
    files.value = next
    void read()
  }

  /** Files that were there when they were looked at, and then not: the others are read. */
  function refuse(refused: Extract<Gathering, { refused: unknown }>['refused']): void {
    const refusals = new Map(refused.map(({ id, refusal }) => [id, refusal]))
    change(
      files.value.map((file) => {
        const refusal = refusals.get(file.id)
        return refusal === undefined ? file : { ...file, look: { as: 'refused', refusal, table: null } }
      }),
    )
  }

  const edit = (id: string, by: (file: DroppedFile) => DroppedFile): readonly DroppedFile[] =>
    files.value.map((file) => (file.id === id ? by(file) : file))

  /** Looks at what is new, and reads everything into one list when nothing is left to ask. */
  async function read(): Promise<void> {
    if (work.value === 'looking' || work.value === 'reading') stop()
    const mine = ++turn
    const isStale = (): boolean => mine !== turn
    progress.value = 0
    work.value = 'looking'
    try {
      const unknown = files.value.filter(({ look }) => look === null)
      for (const [at, file] of unknown.entries()) {
        reading = (part) => (LOOKING * (at + part)) / unknown.length
        const look = await desk().look(toRead(file))
        if (isStale()) return
        files.value = edit(file.id, (one) => ({ ...one, look }))
      }
      const readable = files.value.filter(({ look }) => look?.as === 'list')
      if (question.value !== null || readable.length === 0) {
        result.value = null
        work.value = 'idle'
        return
      }
      work.value = 'reading'
      reading = (part) => LOOKING + (1 - LOOKING) * part
      const gathering = await desk().gather(readable.map(toRead), zone.value)
      if (isStale()) return
      if ('refused' in gathering) {
        refuse(gathering.refused)
        return
      }
      const { overview } = gathering
      if (base.value === 'told' && !overview.tellsTimes) base.value = 'rows'
      else if (base.value === 'rows' && result.value === null && overview.tellsTimes) base.value = 'told'
      const measured = await desk().measure(base.value)
      if (isStale()) return
      result.value = { overview, measured, files: new Set(readable.map(({ id }) => id)) }
      work.value = 'idle'
      taking.value = 'idle'
      list.reset()
      minimum.hold()
      await Promise.all([list.select(), minimum.look()])
    } catch {
      if (!isStale()) giveUp()
    }
  }

  async function measure(next: Base): Promise<void> {
    base.value = next
    const measured = await asking(desk())((one) => one.measure(next))
    if (measured === null || result.value === null) return
    result.value = { ...result.value, measured }
    await Promise.all([list.select(), minimum.look()])
  }

  const sentenceNow = (): string =>
    result.value === null
      ? ''
      : sentenceOf(result.value, {
          ...{ percent: minimum.settled.value, zone: zone.value, language: language.value },
        })

  return {
    ...{ files, work, progress, result, notice, zone, base, taking, withSentence },
    ...{ question, list, minimum, ownZone },
    order: computed(() => orderOf(files.value)),
    add(added: readonly File[]): void {
      notice.value = null
      if (added.length === 0) notice.value = { notice: 'no_files' }
      if (added.length > MOST_FILES) {
        notice.value = { notice: 'too_many' }
        return
      }
      const taken: DroppedFile[] = []
      // A file that could not be read may be given again.
      const names = new Set(added.map(({ name }) => name))
      const kept = files.value.filter((file) => !(isUnreadable(file) && names.has(file.name)))
      let bytes = kept.reduce((sum, { file }) => sum + file.size, 0)
      for (const file of added) {
        const id = `${file.name} ${file.size} ${file.lastModified}`
        if ([...kept, ...taken].some((one) => one.id === id)) {
          notice.value = { notice: 'twice', name: file.name }
          continue
        }
        bytes += file.size
        taken.push({
          ...{ id, file, name: file.name, columns: null, dates: null },
          ...{ look: null, confirmed: false, saying: false },
        })
      }
      if (bytes > MOST_BYTES) notice.value = { notice: 'too_large', bytes }
      else if (taken.length > 0) change([...kept, ...taken])
    },
    remove(id: string): void {
      const before = files.value
      const name = before.find((file) => file.id === id)?.name ?? null
      notice.value = { notice: 'removed', before, name }
      change(before.filter((file) => file.id !== id))
    },
    startOver(): void {
      stop()
      notice.value = { notice: 'removed', before: files.value, name: null }
      files.value = []
      result.value = null
      work.value = 'idle'
      minimum.startOver()
    },
    /** Puts back what was removed last. */
    putBack(): void {
      if (notice.value?.notice !== 'removed') return
      const { before } = notice.value
      notice.value = null
      const now = new Map(files.value.map((file) => [file.id, file]))
      change(before.map((file) => now.get(file.id) ?? file))
    },
    /** Leaves what was being read; what had been read before stays. */
    cancel(): void {
      stop()
      work.value = 'idle'
      const before = result.value?.files
      change(before === undefined ? [] : files.value.filter(({ id }) => before.has(id)))
    },
    again(): void {
      stop()
      void read()
    },
    /** Day or month first, for every file that does not decide it. */
    setOrder(order: DateOrder): void {
      change(files.value.map((file) => (isUndecided(file) ? { ...file, dates: order } : file)))
    },
    sayColumns(id: string): void {
      files.value = edit(id, (file) => ({ ...file, saying: true }))
    },
    setColumns(id: string, found: readonly Column[], said: readonly [number, Field | null][]): void {
      change(edit(id, (file) => withColumns(file, found, said)))
    },
    setZone(next: string): void {
      zone.value = next
      void read()
    },
    measure,
    ask: <Answer>(question: (one: Desk) => Promise<Answer>) => asking(desk())(question),
    async takeCsv(): Promise<void> {
      taking.value = 'csv'
      const sentence = withSentence.value ? sentenceNow() : null
      const file = await asking(desk())((one) => one.csv(minimum.settled.value, sentence))
      taking.value = 'idle'
      if (file !== null) save(file)
    },
    async takeTable(): Promise<void> {
      taking.value = 'copying'
      const text = await asking(desk())((one) =>
        one.table(minimum.settled.value, sentenceNow(), language.value),
      )
      taking.value = text !== null && (await copy(text)) ? 'copied' : 'not_copied'
    },
  }
}
export type DropModel = ReturnType<typeof createDropModel>

const toRead = ({ id, file, name, columns, dates }: DroppedFile) => ({ id, file, name, columns, dates })
