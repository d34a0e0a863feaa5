import { describe, expect, it } from 'vitest'
import { correct, derive, type CorrectionAct, type Fact } from '../../../../shared/attendance/index.ts'
import { bound, joined, left, type About } from '../../../support/facts.ts'

/** One device, named by its segment, that joined at 19:00 and stays. */
const device = (segmentId: string, about: About, time = '19:00'): Fact =>
  joined(time, { segmentId, participantUuid: `device ${segmentId}`, ...about })
const key = (segmentId: string): string => `lesson|s:${segmentId}`
const keys = (...segmentIds: string[]): string[] => segmentIds.map(key)

const anna = device('1', { name: 'Anna', zoomUserId: 'u1', email: 'anna@example.test' })
const phone = device('2', { name: 'iPhone' }, '19:01')
const boris = device('3', { name: 'Boris' }, '19:02')
const vera = device('4', { name: 'Vera' }, '19:03')
const all = [anna, phone, boris, vera]

const corrected = (facts: readonly Fact[], ...acts: CorrectionAct[]) =>
  correct(
    derive(facts).people,
    acts.map((act, i) => ({ seq: i + 1, act })),
  )
/** People as "segments: name, confidence by rule (reasons)". */
const told = (facts: readonly Fact[], ...acts: CorrectionAct[]): string[] =>
  corrected(facts, ...acts).people.map(({ connections, name, identity }) => {
    const segments = connections.flatMap(({ segments: own }) => own.map((one) => one.key.slice(2)))
    const reasons = identity.evidence.map(({ code }) => code).join(', ')
    return `${segments.join(' + ')}: ${name}, ${identity.confidence} by ${identity.rule} (${reasons})`
  })
const unchanged = told(all)
const merge = (...ids: string[]): CorrectionAct => ({ kind: 'merge', connections: keys(...ids) })
const split = (...ids: string[]): CorrectionAct => ({ kind: 'split', connections: keys(...ids) })
const rename = (id: string, name: string): CorrectionAct => ({ kind: 'rename', connection: key(id), name })
const email = (id: string, address: string | null): CorrectionAct => ({
  kind: 'email',
  connection: key(id),
  email: address,
})
const label = (id: string, text: string): CorrectionAct => ({
  kind: 'label',
  connection: key(id),
  label: text,
})
const mark = (id: string, how: 'present' | 'absent', reason: string): CorrectionAct => ({
  ...{ kind: 'mark', connection: key(id), mark: how, reason },
})

describe('a merge', () => {
  it('makes one person of everybody who holds one of the connections', () => {
    expect(told(all, merge('1', '2'))).toEqual([
      '1 + 2: Anna, certain by host_correction (host_merged)',
      ...unchanged.slice(2),
    ])
    expect(told(all, merge('2', '3', '4'))[1]).toBe(
      '2 + 3 + 4: Boris, likely by host_correction (host_merged)',
    )
  })

  it('is unidentified as long as nobody in it has a name or a key', () => {
    const phones = [phone, device('5', { name: 'Гость' }, '19:05')]
    expect(told(phones, merge('2', '5'))).toEqual([
      '2 + 5: iPhone, unidentified by host_correction (host_merged, generic_name)',
    ])
  })

  it('goes round in circles without harm: whoever is merged with each other is one person', () => {
    const circle = [merge('1', '2'), merge('2', '3'), merge('3', '1'), merge('1', '2', '3')]
    expect(told(all, ...circle)).toEqual([
      '1 + 2 + 3: Anna, certain by host_correction (host_merged)',
      unchanged[3],
    ])
    expect(corrected(all, ...circle).people[0]?.host?.seqs).toEqual([1, 2])
  })

  it('changes nothing of who is one person already', () => {
    const { people } = derive([anna, device('5', { name: 'Anna', zoomUserId: 'u1' })])
    const answer = correct(people, [{ seq: 1, act: merge('1', '5') }])
    expect(answer).toEqual({ people, idle: [], partings: [] })
    expect(answer.people[0]).toBe(people[0])
  })

  it('ends a conflict between the people it makes one', () => {
    const link = [
      device('1', { name: 'Anna', zoomUserId: 'u1', registrantId: 'r1' }),
      device('2', { name: 'Boris', zoomUserId: 'u2', registrantId: 'r1' }),
    ]
    expect(told(link)[0]).toBe('1: Anna, conflict by zoom_user_id (keys_contradict)')
    expect(told(link, merge('1', '2'))).toEqual([
      '1 + 2: Anna, certain by host_correction (host_merged, same_registrant)',
    ])
  })
})

describe('a split', () => {
  const laptopAndPad = [anna, device('5', { name: 'iPad', zoomUserId: 'u1' }, '19:05')]

  it('makes a person of the connections it names, and leaves the others theirs', () => {
    expect(told(laptopAndPad, split('5'))).toEqual([
      '1: Anna, certain by host_correction (host_split, single_connection)',
      '5: iPad, certain by host_correction (host_split, single_connection)',
    ])
  })

  it('takes connections of several people together', () => {
    const more = [...laptopAndPad, boris, device('6', { name: 'Boris' }, '19:06')]
    expect(told(more, split('5', '6'))).toEqual([
      '1: Anna, certain by host_correction (host_split, single_connection)',
      '3: Boris, likely by host_correction (host_split, single_connection)',
      '5 + 6: Boris, certain by host_correction (host_merged, host_split)',
    ])
  })

  it('changes nothing when it names everything somebody has', () => {
    expect(told(laptopAndPad, split('1', '5'))).toEqual(told(laptopAndPad))
  })

  it('leaves everybody as the ladder has them when it only takes a merge back', () => {
    expect(told(all, merge('1', '2'), split('2'))).toEqual(unchanged)
    expect(corrected(all, merge('1', '2'), split('2')).people.map(({ host }) => host)).toEqual(
      all.map(() => null),
    )
  })

  it('is told to both sides, so that either can take it back', () => {
    expect(corrected(laptopAndPad, split('5')).people.map(({ host }) => host?.seqs)).toEqual([[1], [1]])
  })

  it('leaves the bond between a phone and a client on both', () => {
    const [client, call] = [
      { segmentId: 'c', participantUuid: 'C', name: 'Anna' },
      { segmentId: 'p', participantUuid: 'P', name: '79*****1234', phone: '79*****1234' },
    ]
    const facts = [joined('19:00', client), joined('19:01', call), bound('19:02', call, client)]
    expect(told(facts, split('p'))).toEqual([
      'c: Anna, certain by host_correction (host_split, single_connection)',
      'p: 79*****1234, certain by host_correction (host_split, single_connection)',
    ])
  })
})

describe('two people kept apart', () => {
  const apart = (...ids: [string, string]): CorrectionAct => ({ kind: 'apart', connections: keys(...ids) })
  const link = ['Anna', 'Boris', 'Vera'].map((name, i) =>
    device(`${i + 1}`, { name, zoomUserId: `u${i + 1}`, registrantId: 'r1' }, `19:0${i}`),
  )
  const two = link.slice(0, 2)
  const conflict = (id: number, name: string): string =>
    `${id}: ${name}, conflict by zoom_user_id (keys_contradict)`
  const certain = (id: number, name: string): string =>
    `${id}: ${name}, certain by host_correction (host_apart, single_connection)`

  it('stay who they are, and nothing is said of them', () => {
    const { people } = derive(all)
    expect(correct(people, [{ seq: 1, act: apart('1', '3') }])).toMatchObject({ people, idle: [] })
    expect(told(all, apart('1', '3'), merge('1', '3'))[0]).toBe(
      '1 + 3: Anna, certain by host_correction (host_merged)',
    )
  })

  it('are in conflict no more when a key they share was all that spoke against it', () => {
    expect(told(two)).toEqual([conflict(1, 'Anna'), conflict(2, 'Boris')])
    expect(told(two, apart('1', '2'))).toEqual([certain(1, 'Anna'), certain(2, 'Boris')])
    expect(corrected(two, apart('2', '1')).people.map(({ host }) => host?.seqs)).toEqual([[1], [1]])
  })

  it('are in conflict as before once that is taken back', () => {
    const { people } = derive(two)
    const said = correct(people, [{ seq: 1, act: apart('1', '2') }]).people
    expect(correct(people, [], said).people).toBe(people)
  })

  it('stay in conflict with whoever else shares the key, until set apart from them, too', () => {
    expect(told(link, apart('1', '2'))).toEqual([
      ...[conflict(1, 'Anna'), conflict(2, 'Boris'), conflict(3, 'Vera')],
    ])
    expect(told(link, apart('1', '2'), apart('1', '3'))).toEqual([
      ...[certain(1, 'Anna'), conflict(2, 'Boris'), conflict(3, 'Vera')],
    ])
  })

  it('are set apart from whoever a merge made of the others', () => {
    expect(told(link, merge('2', '3'), apart('1', '3'))).toEqual([
      certain(1, 'Anna'),
      '2 + 3: Boris, certain by host_correction (host_merged, same_registrant)',
    ])
  })

  it('keep what else the host says of them', () => {
    expect(told(two, rename('1', 'Anna P'), apart('1', '2'))[0]).toBe(
      '1: Anna P, certain by host_correction (host_apart, host_named, single_connection)',
    )
    expect(corrected(two, rename('1', 'Anna P'), apart('1', '2')).people[0]?.host?.seqs).toEqual([1, 2])
  })

  it('need be said once: of several who say so the first counts', () => {
    expect(corrected(two, apart('1', '2'), apart('2', '1')).people[0]?.host?.seqs).toEqual([1])
  })

  it('are in conflict still where names contradict and the host only parted them from somebody else', () => {
    const names = [
      device('1', { name: 'Anna', registrantId: 'r1' }),
      device('2', { name: 'Boris', registrantId: 'r1' }, '19:01'),
      device('3', { name: 'Vera' }, '19:02'),
    ]
    expect(told(names, apart('1', '3'))).toEqual(told(names))
    expect(told(names, apart('1', '2')).slice(0, 2)).toEqual([certain(1, 'Anna'), certain(2, 'Boris')])
  })
})

describe('a name', () => {
  it('makes a likely person of somebody unidentified', () => {
    expect(told(all, rename('2', 'Dora Novak'))[1]).toBe(
      '2: Dora Novak, likely by host_correction (host_named, generic_name, single_connection)',
    )
    expect(told(all, rename('2', 'Galaxy S21'))[1]).toContain('unidentified by single_row')
  })

  it('leaves everybody else as sure as before, and says what Zoom showed', () => {
    expect(told(all, rename('1', 'Anna Petrova'))[0]).toBe(
      '1: Anna Petrova, certain by zoom_user_id (host_named, single_connection)',
    )
    const [person] = corrected(all, rename('1', 'Anna Petrova')).people
    expect(person?.identity.evidence[0]).toEqual({ code: 'host_named', value: 'Anna' })
    expect(person?.names).toEqual([{ name: 'Anna', fromMs: expect.any(Number) }])
  })

  it('is the last one given, wherever among their connections', () => {
    expect(told(all, merge('1', '2'), rename('2', 'Dora'), rename('1', 'Vera'))[0]).toMatch(/^1 \+ 2: Vera,/)
  })

  it('goes with its connection when that becomes somebody else', () => {
    const acts = [merge('1', '2'), rename('2', 'Dora'), split('2')]
    expect(told(all, ...acts).slice(0, 2)).toEqual([
      unchanged[0],
      '2: Dora, likely by host_correction (host_named, generic_name, single_connection)',
    ])
  })
})

describe('a typed e-mail', () => {
  it('stands on the line and joins nobody', () => {
    const answer = corrected(all, email('3', 'anna@example.test'))
    expect(answer.people.map((person) => person.email)).toEqual([
      ...['anna@example.test', null, 'anna@example.test', null],
    ])
    expect(answer.people[2]).toMatchObject({
      identity: { confidence: 'likely', rule: 'single_row' },
      host: { email: 'anna@example.test' },
    })
    expect(answer.people[2]?.identity.evidence[0]).toEqual({ code: 'host_email', value: 'anna@example.test' })
  })

  it('of nobody takes the address off the line; the evidence keeps it', () => {
    const [person] = corrected(all, email('1', null)).people
    expect(person).toMatchObject({ email: null, identity: { confidence: 'certain' } })
    expect(person?.connections[0]?.strong.emails).toEqual(['anna@example.test'])
  })
})

describe('labels and marks', () => {
  it('add up, each label once; of marks the last counts', () => {
    const [person] = corrected(
      all,
      label('1', 'speaker'),
      mark('1', 'absent', 'slept'),
      label('1', 'guest'),
      label('1', 'speaker'),
      mark('1', 'present', 'phoned in'),
    ).people
    expect(person?.host).toEqual({
      ...{ name: null, email: null, labels: ['speaker', 'guest'] },
      ...{ mark: { mark: 'present', reason: 'phoned in' }, seqs: [1, 2, 3, 4, 5] },
    })
    expect(person?.identity).toEqual(derive(all).people[0]?.identity)
  })
})

describe('corrections', () => {
  it('apply in the order of their numbers, not in the order they are handed in', () => {
    const { people } = derive(all)
    const numbered = [
      { seq: 7, act: rename('1', 'late') },
      { seq: 2, act: rename('1', 'early') },
    ]
    expect(correct(people, numbered).people[0]?.name).toBe('late')
    expect(correct(people, numbered.toReversed())).toEqual(correct(people, numbered))
  })

  it('of connections nobody has are idle, and throw nothing', () => {
    const { people } = derive(all)
    const acts = [merge('8', '9'), split('8'), rename('9', 'Nobody'), merge('1', '9')]
    const answer = correct(
      people,
      acts.map((act, i) => ({ seq: i, act })),
    )
    expect(answer).toEqual({ people, idle: [0, 1, 2], partings: [] })
  })

  it('wait for their connection: they apply once its facts arrive', () => {
    expect(told([anna], merge('1', '2'))).toEqual([unchanged[0]])
    expect(told([anna, phone], merge('1', '2'))).toHaveLength(1)
  })

  it('name a connection by any of its keys', () => {
    const byUuid: CorrectionAct = { kind: 'rename', connection: 'lesson|p:device 2', name: 'Dora' }
    expect(told(all, byUuid)[1]).toMatch(/^2: Dora,/)
  })

  it('leave the object of everybody else, and of whoever is corrected as before', () => {
    const { people } = derive(all)
    const corrections = [{ seq: 1, act: merge('1', '2') }]
    const first = correct(people, corrections)
    expect(first.people[1]).toBe(people[2])
    const later = derive([
      ...all,
      left('19:40', { segmentId: '4', participantUuid: 'device 4', name: 'Vera' }),
    ])
    const second = correct(later.people, corrections, first.people)
    expect(second.people[0]).toBe(first.people[0])
    expect(correct(later.people, [...corrections, { seq: 2, act: label('1', 'x') }], first.people)).toEqual(
      correct(later.people, [...corrections, { seq: 2, act: label('1', 'x') }]),
    )
  })
})
