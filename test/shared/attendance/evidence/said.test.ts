import { describe, expect, it } from 'vitest'
import { createFold, type Fact } from '../../../../shared/attendance/index.ts'
import {
  bound,
  change,
  emailShared,
  imported,
  joined,
  left,
  list,
  listed,
  read,
  roleChanged,
} from '../../../support/facts.ts'

/** What is behind each connection of the first person, a line each. */
function behind(...facts: Fact[]): string[][] {
  const fold = createFold()
  fold.add(facts)
  return (fold.people()[0]?.connections ?? []).map((connection) =>
    fold
      .saidOf(connection)
      .map(({ kind, atMs, untilMs, name, email, place, role, times }) =>
        [
          kind,
          new Date(atMs).toISOString().slice(11, 16),
          untilMs === null ? '-' : new Date(untilMs).toISOString().slice(11, 16),
          ...[name, email, place, role].map((told) => told ?? '-'),
          times,
        ].join(' '),
      ),
  )
}

describe('what was said of a connection', () => {
  it('is every message about it, and nothing about anybody else', () => {
    const anna = { segmentId: '1', participantUuid: 'a' }
    expect(
      behind(
        joined('19:00', { ...anna, email: 'anna@example.org' }),
        joined('19:01', { segmentId: '2', participantUuid: 'b', name: 'Boris' }),
        roleChanged('19:10', { ...anna, oldRole: 'attendee', newRole: 'cohost' }),
        left('19:30', anna),
        emailShared('19:20', 'a', 'anna@example.net'),
        emailShared('19:21', 'b', 'boris@example.net'),
      ),
    ).toEqual([
      [
        'participant_joined 19:00 - Anna anna@example.org main - 1',
        'role_changed 19:10 - Anna - - cohost 1',
        'email_shared 19:20 - - anna@example.net - - 1',
        'participant_left 19:30 - Anna - main - 1',
      ],
    ])
  })

  it('counts equal readings of a panel together until one says something else', () => {
    const reading = (time: string, name: string) => read(time, [['a', name]])
    expect(
      behind(
        reading('19:03', 'Anna'),
        reading('19:01', 'Anna'),
        reading('19:02', 'Anna'),
        reading('19:04', 'Anna I.'),
        change('19:05', 'left', ['a', 'Anna I.']),
        change('19:06', 'joined', ['a', 'Anna I.']),
        reading('19:07', 'Anna I.'),
      ),
    ).toEqual([
      [
        'panel_read 19:01 19:03 Anna - main attendee 3',
        'panel_read 19:04 - Anna I. - main attendee 1',
        'panel_change 19:05 - Anna I. - main attendee 1',
        'panel_change 19:06 - Anna I. - main attendee 1',
        'panel_read 19:07 - Anna I. - main attendee 1',
      ],
    ])
  })

  it('has the rows of the official list that counts beside what was told live', () => {
    const anna = { segmentId: '1', participantUuid: 'a' }
    expect(
      behind(
        joined('19:00', anna),
        left('19:30', anna),
        ...list('19:40', [listed('19:00', '19:31', anna)], 'first'),
        ...list('19:50', [listed('19:00', '19:32', anna)], 'second'),
        imported('19:00', '19:33', { email: 'anna@example.org', role: 'host' }),
      ),
    ).toEqual([
      [
        'import_row 19:00 19:33 Anna anna@example.org main host 1',
        'participant_joined 19:00 - Anna - main - 1',
        'report_row 19:00 19:32 Anna - main - 1',
        'participant_left 19:30 - Anna - main - 1',
      ],
    ])
  })

  it('tells of a bond on both sides', () => {
    const [client, phone] = [{ segmentId: '1' }, { segmentId: '2', name: '+49 151 000' }]
    const said = behind(joined('19:00', client), joined('19:01', phone), bound('19:02', phone, client))
    expect(said.map((lines) => lines.filter((line) => line.startsWith('phone_bound')))).toEqual([
      ['phone_bound 19:02 - - - - - 1'],
      ['phone_bound 19:02 - - - - - 1'],
    ])
  })
})
