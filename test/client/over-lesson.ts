import { beforeEach } from 'vitest'
import type { PersonRow } from '../../shared/wire/index.ts'
import { connectionsOf } from './corrections-of.ts'
import { final, overRoster } from './past.ts'
import type { panelStage } from './panel-stage.ts'

/**
 * A lesson that is over, with its list open in the panel: Anna has a label and was late, Denis was on two devices, may be an
 * iPhone and writes his name in capitals.
 */
export function overLesson(stage: ReturnType<typeof panelStage>) {
  beforeEach(() => {
    const roster = overRoster('h2', final)
    const labels = [{ name: 'Paid', by: 'host' as const, fromEmail: false }]
    roster.people = roster.people.map((one) =>
      one.id === 'anna' ? { ...one, labels, statuses: ['present', 'late'] } : one,
    )
    stage.server.answers.past.rosters.set('h2', roster)
    const denis = roster.people.find(({ id }) => id === 'denis')
    if (denis === undefined) throw new Error('the lesson has no Denis')
    stage.server.answers.corrected.cards.set('denis', {
      connections: connectionsOf({ ...denis, connectionsNow: 2 }),
      proposals: [
        {
          ...{ personId: 'iphone1', name: 'iPhone', email: null },
          reason: { code: 'name_fits', value: null },
          keys: ['denis/0', 'iphone1/0'],
        },
      ],
      cleanings: [{ of: 'name', code: 'case', proposed: 'Denis Morozko' }],
    })
  })

  const sheet = () => stage.page.getByRole('dialog')
  const row = (name: string) => stage.page.getByRole('row').filter({ hasText: name })
  return {
    sheet,
    row,
    button: (name: string | RegExp) => stage.page.getByRole('button', { name }),
    /** What the panel told the server of corrections, rules or exports. */
    told: (what: string) =>
      stage.server.told.filter(({ call }) => call.includes(`/${what}`)).map(({ body }) => body),
    people: (): PersonRow[] => stage.server.answers.past.rosters.get('h2')?.people ?? [],
    async open(options: { width?: number; query?: string; dark?: boolean } = {}): Promise<void> {
      await stage.openMeetings(options)
      await stage.page.locator('[role=row][data-index="1"]').click()
      await stage.page.getByText('Elena K.').first().waitFor()
    },
    async openPerson(name: string): Promise<void> {
      await row(name).click()
      await sheet()
        .getByText(/original row|исходная строка/)
        .first()
        .waitFor()
    },
  }
}
