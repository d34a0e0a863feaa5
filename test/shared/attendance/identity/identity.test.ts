import { describe, expect, it } from 'vitest'
import { derive, type Fact } from '../../../../shared/attendance/index.ts'
import { bound, emailShared, joined, left, read, type About } from '../../../support/facts.ts'

let row = 0
/** One device that joined at 19:00 and stays. */
const device = (about: About, time = '19:00'): Fact =>
  joined(time, { segmentId: `${++row}`, participantUuid: `device ${row}`, ...about })

/** People as "names of connections: confidence by rule (reasons)". */
const people = (...facts: Fact[]): string[] =>
  derive(facts).people.map(({ connections, identity }) => {
    const names = connections
      .map((connection) => connection.names.map(({ name }) => name).join('→'))
      .join(' + ')
    return `${names}: ${identity.confidence} by ${identity.rule} (${identity.evidence.map(({ code }) => code).join(', ')})`
  })

describe('strong keys', () => {
  it.each([
    ['Zoom user id', { zoomUserId: 'u1' }, 'zoom_user_id', 'same_zoom_user'],
    ['registrant id', { registrantId: 'r1' }, 'registrant_id', 'same_registrant'],
    ['e-mail', { email: 'anna@example.test' }, 'email', 'same_email'],
  ] as const)('make one certain person of two devices with one %s', (_, keys, rule, reason) => {
    expect(people(device({ name: 'Anna', ...keys }), device({ name: 'iPhone', ...keys }))).toEqual([
      `Anna + iPhone: certain by ${rule} (${reason})`,
    ])
  })

  it('unite through a third device that has both', () => {
    const facts = [
      device({ zoomUserId: 'u1', name: 'Anna' }),
      device({ email: 'a@example.test', name: 'Anna P' }),
      device({ zoomUserId: 'u1', email: 'a@example.test', name: 'Anna Petrova' }),
    ]
    expect(people(...facts)).toEqual([
      'Anna + Anna P + Anna Petrova: certain by zoom_user_id (same_zoom_user, same_email)',
    ])
  })

  it('unite across the meetings of a gathering', () => {
    const keys = { zoomUserId: 'u1', name: 'Anna' }
    expect(people(device(keys), device({ ...keys, meeting: 'restarted' }, '19:30'))).toEqual([
      'Anna + Anna: certain by zoom_user_id (same_zoom_user)',
    ])
  })

  it('are enough for one row alone, whatever it is called', () => {
    expect(people(device({ zoomUserId: 'u1', name: 'iPhone' }))).toEqual([
      'iPhone: certain by zoom_user_id (single_connection)',
    ])
  })

  it('count an address shared through the panel', () => {
    const facts = [
      read('19:05', [['A', 'Anna']]),
      emailShared('19:06', 'A', 'anna@example.test'),
      device({ email: 'anna@example.test', name: 'Anna Petrova' }, '19:10'),
    ]
    expect(people(...facts)).toEqual(['Anna + Anna Petrova: certain by email (same_email)'])
    expect(derive(facts).people[0]?.email).toBe('anna@example.test')
  })

  it('count a phone that Zoom bound to a client', () => {
    const phone = { segmentId: 'p', participantUuid: 'P', name: '79*****1234', phone: '79*****1234' }
    const client = { segmentId: 'c', participantUuid: 'C', name: 'Anna' }
    const facts = [joined('19:00', client), joined('19:01', phone), bound('19:02', phone, client)]
    expect(people(...facts)).toEqual(['Anna + 79*****1234: certain by phone (phone_bound)'])
    expect(derive(facts).people[0]?.name).toBe('Anna')
  })
})

describe('what connections have in common', () => {
  const amongOf = (...facts: Fact[]) =>
    derive(facts).people[0]?.identity.evidence.map(({ code, among }) => [code, among ?? 'all'])

  it('is told to be of all of them only where it is', () => {
    const [one, other] = [{ zoomUserId: 'u1' }, { email: 'a@example.test' }]
    expect(amongOf(device(one), device({ ...one, ...other }), device(other))).toEqual([
      ['same_zoom_user', 'some'],
      ['same_email', 'some'],
    ])
    expect(amongOf(device(one), device(one))).toEqual([['same_zoom_user', 'all']])
  })
})

describe('contradictions', () => {
  it('split two Zoom users behind one registrant link, each a conflict', () => {
    const facts = [
      device({ name: 'Anna', zoomUserId: 'u1', registrantId: 'r1' }),
      device({ name: 'Boris', zoomUserId: 'u2', registrantId: 'r1' }),
    ]
    expect(people(...facts)).toEqual([
      'Anna: conflict by zoom_user_id (keys_contradict)',
      'Boris: conflict by zoom_user_id (keys_contradict)',
    ])
  })

  it('let a device without the contradicting key follow its other key when that leads to one part', () => {
    const facts = [
      device({ name: 'Anna', zoomUserId: 'u1', registrantId: 'r1', email: 'anna@example.test' }),
      device({ name: 'Boris', zoomUserId: 'u2', registrantId: 'r1' }),
      device({ name: 'iPad', email: 'anna@example.test' }),
    ]
    expect(people(...facts)).toEqual([
      'Anna + iPad: conflict by zoom_user_id (keys_contradict)',
      'Boris: conflict by zoom_user_id (keys_contradict)',
    ])
  })

  it('keep it apart when its keys lead to two parts', () => {
    const facts = [
      device({ name: 'Anna', zoomUserId: 'u1', registrantId: 'r1' }),
      device({ name: 'Boris', zoomUserId: 'u2', registrantId: 'r1' }),
      device({ name: 'iPad', registrantId: 'r1' }),
    ]
    expect(people(...facts)[2]).toBe('iPad: conflict by registrant_id (keys_contradict, proposal_same_key)')
  })

  it('do not arise between two addresses of one Zoom user', () => {
    const facts = [
      device({ name: 'Anna', zoomUserId: 'u1', email: 'anna@example.test' }),
      device({ name: 'Anna', zoomUserId: 'u1', email: 'a.petrova@example.test' }),
    ]
    expect(people(...facts)).toEqual(['Anna + Anna: certain by zoom_user_id (same_zoom_user)'])
  })

  it('split one link used at one time by names without a common word, and keep nameless devices apart', () => {
    const link = { registrantId: 'r1' }
    const facts = [
      device({ name: 'Anna Petrova', ...link }),
      device({ name: 'Boris', ...link }),
      device({ name: 'iPhone', ...link }),
    ]
    expect(people(...facts)).toEqual([
      'Anna Petrova: conflict by registrant_id (names_contradict)',
      'Boris: conflict by registrant_id (names_contradict)',
      'iPhone: conflict by registrant_id (keys_contradict, proposal_same_key)',
    ])
  })

  it('name the highest key that is shared', () => {
    const shared = { registrantId: 'r1', email: 'family@example.test' }
    const facts = [
      device({ name: 'Anna', zoomUserId: 'u1', ...shared }),
      device({ name: 'Boris', zoomUserId: 'u2', ...shared }),
    ]
    expect(derive(facts).people.map(({ identity }) => identity.evidence)).toEqual([
      [{ code: 'keys_contradict', value: 'r1', kinds: { shared: 'registrant', differ: 'zoom_user' } }],
      [{ code: 'keys_contradict', value: 'r1', kinds: { shared: 'registrant', differ: 'zoom_user' } }],
    ])
  })

  it('name what parted those who share the key first, names too', () => {
    const link = { registrantId: 'r1' }
    const facts = [
      device({ name: 'Anna', zoomUserId: 'u1', email: 'a@example.test' }),
      device({ name: 'Boris', zoomUserId: 'u2', email: 'a@example.test' }),
      device({ name: 'Carl', ...link }),
      device({ name: 'Dora', ...link }),
      device({ name: 'iPhone', ...link }),
    ]
    const kinds = derive(facts).people.map(({ identity }) => identity.evidence[0]?.kinds)
    expect(kinds).toEqual([
      { shared: 'email', differ: 'zoom_user' },
      { shared: 'email', differ: 'zoom_user' },
      undefined,
      undefined,
      { shared: 'registrant', differ: 'name' },
    ])
  })

  it('do not arise between the devices of one address', () => {
    const address = { email: 'anna@example.test' }
    for (const name of ['Anna S.', 'iPhone', 'DESKTOP-4F2K1'])
      expect(people(device({ name: 'Anna', ...address }), device({ name, ...address }))).toEqual([
        `Anna + ${name}: certain by email (same_email)`,
      ])
  })

  it('split again by lower keys inside a part', () => {
    const facts = [
      device({ name: 'Anna', zoomUserId: 'u1', registrantId: 'r1' }),
      device({ name: 'Boris', zoomUserId: 'u2', registrantId: 'r1' }),
      device({ name: 'Carl', zoomUserId: 'u2', registrantId: 'r2', email: 'c@example.test' }),
      device({ name: 'Dora', registrantId: 'r3', email: 'c@example.test' }),
    ]
    expect(people(...facts)).toEqual([
      'Anna: conflict by zoom_user_id (keys_contradict)',
      'Boris + Carl: conflict by zoom_user_id (keys_contradict)',
      'Dora: conflict by registrant_id (keys_contradict)',
    ])
  })

  it('do not arise from names that share a word, follow one another, or belong to one Zoom user', () => {
    const link = { registrantId: 'r1' }
    expect(people(device({ name: 'Anna', ...link }), device({ name: 'Anna S.', ...link }))).toHaveLength(1)
    const early = { segmentId: 'early', participantUuid: 'early', name: 'Boris', ...link }
    const followed = [joined('18:00', early), left('18:30', early), device({ name: 'Anna', ...link })]
    expect(people(...followed)).toHaveLength(1)
    const user = { zoomUserId: 'u1' }
    expect(
      people(device({ name: 'Anna', ...user }), device({ name: 'Meeting room 3', ...user })),
    ).toHaveLength(1)
  })
})

describe('names', () => {
  it('make a likely person of equal names, however they are written', () => {
    expect(
      people(device({ name: 'Anna  PETROVA' }), device({ name: 'anna petrova (Anna P)' }, '19:05')),
    ).toEqual(['Anna  PETROVA + anna petrova (Anna P): likely by name (same_name)'])
  })

  it('make a likely person of a single row, too', () => {
    expect(people(device({ name: 'Anna' }))).toEqual(['Anna: likely by single_row (single_connection)'])
  })

  it('never merge somebody into a person with a strong key: a proposal is made instead', () => {
    expect(people(device({ name: 'Anna', zoomUserId: 'u1' }), device({ name: 'Anna' }, '19:05'))).toEqual([
      'Anna: certain by zoom_user_id (single_connection)',
      'Anna: likely by single_row (single_connection, proposal_same_name)',
    ])
  })

  it('never merge generic ones: each is a person of its own, unidentified', () => {
    const facts = ['iPhone', 'iPhone', 'Гость', '', '79*****1234'].map((name, i) =>
      device({ name }, `19:0${i}`),
    )
    expect(people(...facts)).toEqual(
      ['iPhone', 'iPhone', 'Гость', '', '79*****1234'].map(
        (name) => `${name}: unidentified by single_row (generic_name, single_connection)`,
      ),
    )
  })

  it('keep a rejoin of a nameless device one person by its connection', () => {
    const [first, second] = [
      { segmentId: 'x1', participantUuid: 'X', name: 'iPhone' },
      { segmentId: 'x2', participantUuid: 'X', name: 'iPhone' },
    ]
    expect(people(joined('19:00', first), left('19:10', first), joined('19:12', second))).toEqual([
      'iPhone: unidentified by connection (generic_name, same_connection)',
    ])
  })
})
