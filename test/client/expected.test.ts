import { describe, expect, it } from 'vitest'
import type { PersonRow, RosterSnapshot, RosterSummary } from '../../shared/wire/index.ts'
import { at, head, lesson, person, snapshot, summarise } from './people.ts'
import { final, overRoster } from './past.ts'
import { panelStage } from './panel-stage.ts'

const stage = panelStage()

/** Whoever registered and did not come. */
function absent(index: number): PersonRow {
  const name = `Absent ${String(index).padStart(4, '0')}`
  const email = `absent${index}@example.org`
  return person(`x-${index}`, {
    ...{ name, email, role: 'unknown', state: 'left', connectionsNow: 0, segments: 0, stays: [] },
    ...{ firstJoin: null, firstJoinKnown: false, presentSeconds: 0, statuses: ['absent'], onListOnly: true },
    registration: { name, email, standing: 'approved', others: 0, ofAnother: false },
  })
}

function sumsOf(people: readonly PersonRow[], more: Partial<NonNullable<RosterSummary['expected']>> = {}) {
  const count = (fits: (row: PersonRow) => boolean) => people.filter(fits).length
  const registered = count((row) => row.registration !== null && !row.onListOnly)
  const noShows = count((row) => row.onListOnly)
  return {
    ...{ approved: registered + noShows, pending: 0, denied: 0, cancelled: 0, cancelledUnseen: 0 },
    ...{ came: registered, waitedOnly: 0, absent: noShows, registered, byForeignLink: 0 },
    ...{ walkIns: count((row) => row.statuses.includes('walk_in')), staff: 2, readAt: at(100), ...more },
  }
}

/** The lesson that is over, three of whom had registered, with so many who had and did not come. */
function registered(many: number, more: Parameters<typeof sumsOf>[1] = {}): RosterSnapshot {
  const over = overRoster('h2', final)
  const came = over.people.map((row): PersonRow => {
    if (['denis', 'anna', 'timur'].includes(row.id))
      return {
        ...row,
        registration: { name: row.name, email: row.email, standing: 'approved', others: 0, ofAnother: false },
        labels: row.id === 'timur' ? [{ name: 'Left before 19:00', by: 'rule', fromEmail: false }] : [],
      }
    const walksIn = row.role === 'attendee' && row.firstJoin !== null
    return walksIn ? { ...row, statuses: [...row.statuses, 'late', 'walk_in'] } : row
  })
  const people = [...came, ...Array.from({ length: many }, (_, index) => absent(index))]
  const summary = { ...summarise(came), expected: sumsOf(people, more) }
  return { ...over, summary, people }
}
async function open(roster: RosterSnapshot, options: { width?: number; query?: string } = {}): Promise<void> {
  stage.server.answers.past.rosters.set('h2', roster)
  await stage.openMeetings(options)
  await stage.page.locator('[role=row][data-index="1"]').click()
  await stage.page.getByRole('region', { name: /^(Registered and came|Записались и пришли)$/ }).waitFor()
}
const sums = () => stage.page.getByRole('region', { name: 'Registered and came' })
const part = (name: string | RegExp) => sums().getByRole('button', { name })
const button = (name: string | RegExp) => stage.page.getByRole('button', { name })
const rowCount = async () =>
  Number(await stage.page.getByRole('grid').last().getAttribute('aria-rowcount')) - 1

describe('who registered and who came', () => {
  it('are two sums, in words and as a picture that says the same', async () => {
    await open(registered(5, { pending: 2, cancelled: 3, cancelledUnseen: 1 }))
    const text = await stage.visibleText()
    for (const said of [
      ...['8 registered:', '3 came', '5 did not come', '8 came:', '3 registered', '5 did not register'],
      'In none of these lists: 2 pending, 3 cancelled (2 told by Zoom, 1 missing from a later list).',
      'Zoom’s list as read on Mon 23 Nov at 19:44.',
    ])
      expect(text).toContain(said)
    expect(await sums().getByRole('img').getAttribute('aria-label')).toBe(
      '8 registered: 3 came, 5 did not come. 8 came: 3 registered, 5 did not register.',
    )
  })

  it('are said in Russian with the forms of its words', async () => {
    await open(registered(21, { denied: 1, cancelled: 2 }), { query: '?lang=ru' })
    const text = await stage.visibleText()
    for (const said of [
      ...['24 человека записались:', '3 пришли', '21 не пришёл', '8 человек пришли:', '5 без записи'],
      'Ни в одном из списков: 1 отклонён, 2 отменили запись (сообщил Zoom).',
    ])
      expect(text).toContain(said)
  })

  it('lead to their lists, and back to everybody; all never counts who did not come', async () => {
    await open(registered(5))
    await button('All 10').waitFor()
    await part('5 did not come').click()
    expect(await stage.rowNames()).toEqual([0, 1, 2, 3, 4].map((index) => `Absent 000${index}`))
    expect(await part('5 did not come').getAttribute('aria-pressed')).toBe('true')
    await part('5 did not come').click()
    expect(await rowCount()).toBe(10)
    await part('3 registered').click()
    expect((await stage.rowNames()).sort()).toEqual(['Anna S.', 'Denis M.', 'Timur V.'])
  })

  it('are cut by the labels of rules, and say what that leaves', async () => {
    await open(registered(5))
    expect((await stage.visibleText()).replaceAll(/\s+/g, ' ')).toContain(
      'Of 3 registered: 1 Left before 19:00 2 with no label, together 3',
    )
    await part('1 Left before 19:00').click()
    expect(await stage.rowNames()).toEqual(['Timur V.'])
  })

  it('leave out host and panelists until one switch has them', async () => {
    await open(registered(5))
    await button('All 10').waitFor()
    await sums().getByRole('switch', { name: 'Host and panelists (2) in list and export' }).check()
    await button('All 12').waitFor()
    expect(await stage.rowNames()).toContain('Elena K.')
  })

  it('are filters beside the others, in a group of their own', async () => {
    await open(registered(5))
    const more = stage.page.getByRole('combobox', { name: 'More filters' })
    expect(await more.locator('optgroup').first().getAttribute('label')).toBe('Registration')
    expect(await more.locator('optgroup').first().locator('option').allTextContents()).toEqual([
      ...['Registered 3', 'Not registered 5', 'No-show 5', 'All and no-shows 15'],
    ])
    await more.selectOption('everybody')
    expect(await rowCount()).toBe(15)
  })

  it('stand above a live list, of which nobody is absent yet', async () => {
    const people = lesson()
    const expected = { ...sumsOf(people), approved: 30, absent: 30 }
    await stage.openWith({ snapshot: snapshot(people, { summary: { ...summarise(people), expected } }) })
    await sums().waitFor()
    await sums().getByText('30 not yet').waitFor()
    expect(await part(/not yet/).count()).toBe(0)
  })

  it('are nothing where nobody registers', async () => {
    await stage.openPanel()
    expect(await sums().count()).toBe(0)
    expect(await stage.page.getByRole('option', { name: /no-shows|No-show/ }).count()).toBe(0)
  })
})

describe('whoever did not come', () => {
  it('is a row without a bar, found and sorted among three thousand, of which few are mounted', async () => {
    await open(registered(3_000))
    await part('3,000 did not come').click()
    expect(await rowCount()).toBe(3_000)
    expect(await stage.page.getByRole('grid').last().locator('[role=row][data-index]').count()).toBeLessThan(
      80,
    )
    const first = stage.page.getByRole('grid').last().locator('[role=row][data-index="0"]')
    await first.getByText('Did not come · absent0@example.org').waitFor()
    expect(await first.getByRole('img').count()).toBe(0)
    await stage.page.getByRole('searchbox').last().fill('absent2999@')
    await expect.poll(() => rowCount()).toBe(1)
    expect(await stage.rowNames()).toEqual(['Absent 2999'])
  })

  it('has a card with what they answered, and nothing to correct', async () => {
    stage.server.answers.corrected.cards.set('x-0', {
      registrations: [
        {
          ...{ name: 'Absent 0000', email: 'absent0@example.org', standing: 'approved', cancelledBy: null },
          ...{ ofAnother: false, registeredAt: at(-1_000), source: '</script><b>x' },
          answers: [
            { field: 'job_title', title: 'job_title', value: 'Engineer' },
            { field: null, title: '<img src=x onerror=alert(1)>', value: 'because' },
          ],
        },
      ],
    })
    await open(registered(5))
    await part('5 did not come').click()
    await stage.page.getByRole('row').filter({ hasText: 'Absent 0000' }).click()
    const sheet = stage.page.getByRole('dialog')
    await sheet.getByText('Registered and did not come.').waitFor()
    for (const said of ['Job title', 'Engineer', '<img src=x onerror=alert(1)>', 'because', '</script><b>x'])
      await sheet.getByText(said, { exact: true }).waitFor()
    expect(await sheet.getByRole('button', { name: /Merge|Present or absent/ }).count()).toBe(0)
    expect(await stage.violations()).toEqual([])
  })

  it('is not among whom somebody may be merged with', async () => {
    await open(registered(5))
    await stage.page.getByRole('row').filter({ hasText: 'Anna S.' }).click()
    await stage.page
      .getByRole('dialog')
      .getByRole('button', { name: /^Merge with/ })
      .click()
    await stage.page.getByRole('dialog').getByText('Denis M.').first().waitFor()
    expect(
      await stage.page
        .getByRole('dialog')
        .getByText(/^Absent/)
        .count(),
    ).toBe(0)
  })

  it('is all there is when nobody came', async () => {
    const people = [absent(0), absent(1)]
    const gathering = head({ id: 'h2', endedAt: at(108) })
    const summary = { ...summarise([]), expected: { ...sumsOf(people), staff: 0 } }
    await open(snapshot(people, { gathering, summary }))
    await part('2 did not come').click()
    expect(await stage.rowNames()).toEqual(['Absent 0000', 'Absent 0001'])
  })
})
