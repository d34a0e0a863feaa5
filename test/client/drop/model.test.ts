import { signal } from '@preact/signals'
import { describe, expect, it } from 'vitest'
import { createDesk } from '../../../client/drop/create-desk.ts'
import type { Desk } from '../../../client/drop/desk.ts'
import { MOST_FILES } from '../../../client/reading/hands.ts'
import { createDropModel, MOST_BYTES, type DropModel } from '../../../client/drop/model.ts'
import type { Language } from '../../../shared/words/index.ts'
import { oneMeeting } from '../../support/portal-rows.ts'
import { droppedFile, settled, vanishing } from './lists.ts'

interface Parts {
  model: DropModel
  saved: Blob[]
  copied: string[]
  /** Workers started, and how many of them were stopped. */
  workers: { started: number; stopped: number }
}

function newModel(change: (desk: Desk) => Partial<Desk> = () => ({})): Parts {
  const saved: Blob[] = []
  const copied: string[] = []
  const workers = { started: 0, stopped: 0 }
  const model = createDropModel({
    start(onProgress) {
      workers.started++
      const desk = createDesk(onProgress)
      return { desk: { ...desk, ...change(desk) }, stop: () => void workers.stopped++ }
    },
    zone: 'Europe/Berlin',
    language: signal<Language>('en'),
    copy: (text) => {
      copied.push(text)
      return Promise.resolve(true)
    },
    save: (file) => saved.push(file),
  })
  return { model, saved, copied, workers }
}

const idle = (model: DropModel) => settled(() => model.work.value === 'idle' || model.work.value === 'failed')
const listed = (model: DropModel) => settled(() => model.list.selected.value !== null)

const open = (name = 'open.csv') =>
  new File(
    [
      'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n' +
        'Ann,,03/05/2026 18:00:00,03/05/2026 19:00:00,60\n',
    ],
    name,
    { lastModified: 2 },
  )

describe('files on the page', () => {
  it('become one list as soon as they are there', async () => {
    const { model } = newModel()
    model.add([droppedFile('M1')])
    await idle(model)
    await listed(model)
    expect(model.result.value?.overview.counts.people).toBe(6)
    expect(model.list.selected.value?.count).toBe(6)
    expect(model.zone.value).toBe('Europe/Berlin')
  })

  it('are taken once, and not beyond what a page can bear', async () => {
    const { model } = newModel()
    model.add([droppedFile('M1')])
    await idle(model)
    model.add([droppedFile('M1')])
    expect(model.notice.value).toMatchObject({ notice: 'twice' })
    const huge = Object.defineProperty(open('huge.csv'), 'size', { value: MOST_BYTES })
    model.add([huge])
    expect(model.notice.value).toMatchObject({ notice: 'too_large' })
    expect(model.files.value).toHaveLength(1)
  })

  it('that are refused say so and do not keep the others from being read', async () => {
    const { model } = newModel()
    model.add([new File(['%PDF-1.7'], 'a.pdf'), droppedFile('M1')])
    await idle(model)
    expect(model.files.value.map(({ look }) => look?.as)).toEqual(['refused', 'list'])
    expect(model.result.value?.overview.counts.people).toBe(6)
  })

  it('can be removed again, and everything begun anew', async () => {
    const { model } = newModel()
    const another = { ...oneMeeting, number: '89999999999', startedMs: oneMeeting.startedMs + 3_600_000 }
    model.add([droppedFile('M1'), droppedFile('webinar', { meetings: [another] })])
    await idle(model)
    const both = model.result.value?.overview.meetings.length
    model.remove(model.files.value[1]?.id ?? '')
    await idle(model)
    expect([both, model.result.value?.overview.meetings.length]).toEqual([2, 1])
    model.startOver()
    expect([model.files.value.length, model.result.value]).toEqual([0, null])
  })

  it('come back with what was answered about them when they are put back', async () => {
    const { model } = newModel()
    model.add([open(), droppedFile('M1')])
    await idle(model)
    model.setOrder('dmy')
    await idle(model)
    const people = model.result.value?.overview.counts.people
    model.remove(model.files.value[0]?.id ?? '')
    await idle(model)
    expect(model.notice.value).toMatchObject({ notice: 'removed', name: 'open.csv' })
    model.putBack()
    await idle(model)
    expect(model.result.value?.overview.counts.people).toBe(people)
    model.startOver()
    model.putBack()
    await idle(model)
    expect(model.files.value.map(({ dates }) => dates)).toEqual(['dmy', null])
    expect([model.result.value?.overview.counts.people, model.notice.value]).toEqual([people, null])
  })

  it('that go away between looking and reading are named, the others are read, and they may be given again', async () => {
    const { model } = newModel()
    model.add([vanishing(droppedFile('M1'), 1), open()])
    await idle(model)
    model.setOrder('dmy')
    await settled(() => model.result.value !== null)
    const look = () => model.files.value.find(({ name }) => name !== 'open.csv')?.look
    expect(look()).toMatchObject({ as: 'refused', refusal: { code: 'unreadable' } })
    expect(model.result.value?.overview.counts.people).toBe(1)
    model.add([droppedFile('M1')])
    await idle(model)
    expect([model.files.value.length, look()?.as, model.notice.value]).toEqual([2, 'list', null])
  })

  it('that are none are told of: an empty folder, or one with a whole disk in it', () => {
    const { model } = newModel()
    model.add([])
    expect(model.notice.value).toEqual({ notice: 'no_files' })
    model.add(Array.from({ length: MOST_FILES + 1 }, (_, n) => open(`${n}.csv`)))
    expect([model.notice.value, model.files.value]).toEqual([{ notice: 'too_many' }, []])
  })

  it('are asked about before anything is shown, and read as was answered', async () => {
    const { model } = newModel()
    model.add([open()])
    await idle(model)
    expect(model.question.value).toMatchObject({ ask: 'order', ambiguous: { text: '03/05/2026 18:00:00' } })
    expect(model.result.value).toBeNull()
    model.setOrder('dmy')
    await idle(model)
    const span = model.result.value?.overview.meetings[0]?.span
    expect(span?.fromMs).toBe(Date.UTC(2026, 4, 3, 16))
    model.setOrder('mdy')
    await settled(() => model.result.value?.overview.meetings[0]?.span?.fromMs === Date.UTC(2026, 2, 5, 17))
    expect(model.order.value?.order).toBe('mdy')
  })

  it('whose order is asked keep that question from files that say it themselves', async () => {
    const { model } = newModel()
    model.add([open(), droppedFile('M1')])
    await idle(model)
    model.setOrder('dmy')
    await idle(model)
    expect(model.files.value.map(({ dates }) => dates)).toEqual(['dmy', null])
  })
})

describe('reading', () => {
  it('can be left: what had been read stays, and the Worker ends at once', async () => {
    let gathers = 0
    const { model, workers } = newModel((desk) => ({
      gather: (files, zone) => (++gathers === 2 ? new Promise(() => undefined) : desk.gather(files, zone)),
    }))
    model.add([droppedFile('M1')])
    await idle(model)
    model.add([droppedFile('webinar')])
    await settled(() => gathers === 2)
    model.cancel()
    await settled(() => gathers === 3)
    await idle(model)
    expect(model.files.value).toHaveLength(1)
    expect(model.result.value?.overview.counts.people).toBe(6)
    expect(workers.stopped).toBeGreaterThan(0)
  })

  it('that fails ends in a sentence, and can be tried again', async () => {
    let fails = true
    const { model, workers } = newModel((desk) => ({
      gather: (files, zone) =>
        fails ? Promise.reject(new Error('out of memory')) : desk.gather(files, zone),
    }))
    model.add([droppedFile('M1')])
    await idle(model)
    expect([model.work.value, model.result.value]).toEqual(['failed', null])
    fails = false
    model.again()
    await settled(() => model.result.value !== null)
    expect(workers).toEqual({ started: 2, stopped: expect.any(Number) as number })
  })

  it('follows the zone', async () => {
    const { model } = newModel()
    model.add([droppedFile('M1')])
    await idle(model)
    const before = model.result.value?.overview.meetings[0]?.span?.fromMs ?? 0
    model.setZone('UTC')
    await settled(() => model.result.value?.overview.meetings[0]?.span?.fromMs !== before)
    expect((model.result.value?.overview.meetings[0]?.span?.fromMs ?? 0) - before).toBe(2 * 3_600_000)
  })
})

describe('the list', () => {
  it('holds the windows that were looked at, and nobody else', async () => {
    const { model } = newModel()
    model.add([droppedFile('M1')])
    await idle(model)
    await listed(model)
    expect(model.list.rowAt(0)).toBeNull()
    model.list.want(0, 3)
    await settled(() => model.list.rowAt(0) !== null)
    expect(model.list.rowAt(0)?.name).toBe('Vera Host')
    expect(model.list.rowAt(99)).toBeNull()
  })

  it('is of the minimum that stands still, and compares with where it was taken hold of', async () => {
    const { model } = newModel()
    model.add([droppedFile('M1')])
    await idle(model)
    model.minimum.hold()
    for (const percent of [88, 89]) {
      model.minimum.move(percent)
      model.minimum.settle(percent)
    }
    await settled(() => model.minimum.flips.value?.to === 89)
    expect(model.minimum.flips.value).toMatchObject({ from: 75, to: 89 })
    model.minimum.hold()
    model.minimum.move(95)
    model.minimum.move(90)
    await settled(() => model.minimum.flips.value?.to === 90)
    expect(model.minimum.flips.value).toMatchObject({ from: 89, to: 90, lost: ['Иван Петров'] })
    expect(model.minimum.settled.value).toBe(89)
    model.minimum.settle(90)
    model.list.setShow('below')
    await settled(() => model.list.selected.value?.count === 2)
    expect(model.list.selected.value?.count).toBe(2)
  })

  it('is taken along as a file or as a table', async () => {
    const { model, saved, copied } = newModel()
    model.add([droppedFile('M1')])
    await idle(model)
    await model.takeCsv()
    await model.takeTable()
    expect(saved).toHaveLength(1)
    expect(copied[0]).toContain('Anna Berg')
    expect(copied[0]?.split('\n').slice(0, 2)).toEqual([
      expect.stringMatching(/^6 people came .* stayed 75 %/),
      '',
    ])
    expect(model.taking.value).toBe('copied')
  })

  it('has its sentence on top of the file when that is asked for, from then on', async () => {
    const { model, saved, copied } = newModel()
    model.add([droppedFile('M1')])
    await idle(model)
    await model.takeCsv()
    model.withSentence.value = true
    await model.takeCsv()
    await model.takeTable()
    const [plain = '', told = ''] = await Promise.all(saved.map((file) => file.text()))
    const sentence = copied[0]?.split('\n')[0] ?? ''
    expect(plain).toMatch(/^name,/)
    expect(told).toBe(`"${sentence}"\r\n\r\n${plain}`)
  })
})
