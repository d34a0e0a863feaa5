/**
 * A free webinar of 3,012 approved registrants, of whom 1,066 come, with 38 friends of theirs by links passed on; at 20:40 there
 * is an offer, before which every fourth has left. Before: 71 cancel, some of them unheard; the host denies 9, leaves 12
 * waiting, and rehearses with the panelists.
 */
import type { Clock } from '../clock.ts'
import { createRandom } from '../random.ts'
import type { Random } from '../random.ts'
import { guestOf } from '../registrations.ts'
import type { RegistrationDesk, RegistrationEvent, RegistrationForm } from '../registrations.ts'
import { createScenario } from '../scenario.ts'
import type { MeetingWish, PersonInPlay, Scenario } from '../scenario.ts'
import type { ZoomWorld } from '../world.ts'
import { inventedName, member } from './names.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const APPROVED = 3_012
/** Of the approved: registered when the host had begun to look at everybody. */
const APPROVED_BY_HAND = 60
const PENDING = 12
const DENIED = 9
const CANCELLED = 71
const CANCELLED_TOLD = 40
const CAME = 1_104
const FORWARDED = 38

/** What really is, in people. `stayed + left + noShow` is `approved`, `stayed + left + forwarded` is `came`. */
export interface WebinarTruth {
  approved: number
  pending: number
  denied: number
  /** By webhook, and only by missing from the second list of two. */
  cancelled: { told: number; unheard: number }
  /** Besides the host and the panelists. */
  came: number
  /** Registrants who were there at the offer, and those who had left. */
  stayed: number
  left: number
  noShow: number
  /** Came by the link of a registrant who came, too; of these, there at the offer. */
  forwarded: number
  forwardedStayed: number
  /** Registrants whose link more than one person came by. */
  sharedLinks: number
  panelists: number
}

export interface Webinar {
  scenario: Scenario
  /** The rehearsal: a webinar of its own under the same number. */
  practice: Scenario
  desk: RegistrationDesk
  host: PersonInPlay
  /** Four of the account; two of others, whose addresses only the list of panelists tells. */
  panelists: readonly PersonInPlay[]
  truth: WebinarTruth
  /**
   * Epoch ms, in this order. Between the first and the second list some cancel unheard; whoever reads both lists at these
   * instants can know everything.
   */
  times: {
    registrationOpens: number
    firstList: number
    secondList: number
    rehearsal: number
    starts: number
    offer: number
    ends: number
  }
  /** For `WebhookSender.switches`: the cancellations Zoom never tells of. */
  lostRegistrations: (event: RegistrationEvent) => boolean
}

interface Listener {
  key: string
  form: RegistrationForm
  /** What becomes of the registration before the webinar. */
  fate: 'approved' | 'approved by hand' | 'pending' | 'denied' | 'cancelled' | 'cancelled unheard'
}

/**
 * Plans everything on the clock, from a fortnight before the start; nothing happens before the clock moves. What a clock has
 * passed already happens as soon as it moves. The world then knows the webinar, the rehearsal and the desk.
 *
 * @param options.startsAtMs when it starts; in the story it is 20:00 in Yekaterinburg
 * @param options.scale how many people, as a share of the story's: 0.1 gives 301 registrants
 * @param options.clock the world's unless given; a past webinar is played on its own
 */
export function createWebinar(options: {
  world: ZoomWorld
  seed: number
  startsAtMs: number
  scale?: number
  clock?: Clock
  host?: PersonInPlay
  meeting?: MeetingWish
}): Webinar {
  const { world, seed, startsAtMs, scale = 1, clock = world.clock } = options
  const random = createRandom(seed, 'webinar')
  const of = (many: number): number => Math.max(1, Math.round(many * scale))
  const host = options.host ?? member(random, 'host', 'Елена Карпинская')
  const panelists = Array.from({ length: 6 }, (_, index) => ({
    ...member(random, `panelist${index + 1}`, inventedName(4_000 + index)),
    ...(index >= 4 && { outsideAccount: true }),
  }))
  const meeting: MeetingWish & { topic: string } = {
    topic: 'Открытый вебинар · Open webinar',
    timezone: 'Asia/Yekaterinburg',
    scheduledMinutes: 90,
    plannedStartsMs: [startsAtMs],
    ...options.meeting,
    kind: 'webinar',
    panelists,
  }
  const scenario = createScenario({ clock, seed, meeting, host, people: panelists })
  const { uuid: _own, startedAtMs: _start, endedAtMs: _end, ...same } = scenario.meeting
  const rehearsal = { ...same, isPractice: true }
  const practice = createScenario({ clock, seed: seed + 1, meeting: rehearsal, host, people: panelists })
  world.add(practice)
  world.add(scenario)
  const desk = world.openRegistration(same.number, { seed })

  const times = {
    registrationOpens: startsAtMs - 14 * DAY_MS,
    firstList: startsAtMs - DAY_MS,
    secondList: startsAtMs - 2 * HOUR_MS,
    rehearsal: startsAtMs - 30 * MINUTE_MS,
    starts: startsAtMs,
    offer: startsAtMs + 40 * MINUTE_MS,
    ends: startsAtMs + 90 * MINUTE_MS,
  }
  const told = of(CANCELLED_TOLD)
  const unheard = of(CANCELLED) - told
  const fates: [Listener['fate'], number][] = [
    ['approved', of(APPROVED) - of(APPROVED_BY_HAND)],
    ['approved by hand', of(APPROVED_BY_HAND)],
    ['pending', of(PENDING)],
    ['denied', of(DENIED)],
    ['cancelled', told],
    ['cancelled unheard', unheard],
  ]
  const everybody = random
    .shuffled(fates.flatMap(([fate, many]) => Array<Listener['fate']>(many).fill(fate)))
    .map((fate, index): Listener => ({ key: `listener${index + 1}`, form: formOf(index), fate }))

  const idOf = planRegistrations({ clock, random, desk, everybody, times })
  planRehearsal(practice, times.rehearsal)
  const approved = everybody.filter(({ fate }) => fate.startsWith('approved'))
  const guests = random.shuffled(approved).slice(0, of(CAME) - of(FORWARDED))
  const evening = planEvening({ scenario, random, desk, guests, friends: of(FORWARDED), times, idOf })
  const unheardOf = new Set(
    everybody.flatMap(({ fate, form }) => (fate === 'cancelled unheard' ? [form.email] : [])),
  )

  return {
    ...{ scenario, practice, desk, host, panelists, times },
    truth: {
      approved: approved.length,
      pending: of(PENDING),
      denied: of(DENIED),
      cancelled: { told, unheard },
      came: of(CAME),
      noShow: approved.length - guests.length,
      forwarded: of(FORWARDED),
      panelists: panelists.length,
      ...evening,
    },
    lostRegistrations: ({ kind, registrant }) => kind === 'cancelled' && unheardOf.has(registrant.form.email),
  }
}

const QUESTION = 'Откуда вы о нас узнали?'

/** Some spell their address with capitals, some leave the last name out. */
function formOf(index: number): RegistrationForm {
  const [first = '', ...last] = inventedName(index).split(' ')
  const email = `listener${index + 1}@example.com`
  return {
    first_name: first,
    ...(index % 30 !== 29 && { last_name: last.join(' ') }),
    email: index % 50 === 49 ? email.replace('l', 'L').replace('e', 'E') : email,
    ...(index % 3 === 0 && { org: 'Завод «Маяк»', job_title: 'Инженер' }),
  }
}

/**
 * Those let in by hand, or not, register in the last two days, the others before.
 *
 * @returns the registration of a listener, once they registered
 */
function planRegistrations(input: {
  clock: Clock
  random: Random
  desk: RegistrationDesk
  everybody: readonly Listener[]
  times: Webinar['times']
}): (key: string) => string {
  const { clock, random, desk, everybody, times } = input
  const ids = new Map<string, string>()
  const idOf = (key: string): string => ids.get(key) ?? ''
  const sources = ['newsletter', 'telegram', 'landing page'].map((place) => desk.share(place))
  const byHandMs = times.starts - 2 * DAY_MS
  const byHand: readonly Listener['fate'][] = ['approved by hand', 'pending', 'denied']
  const between = (fromMs: number, toMs: number): number =>
    fromMs + Math.floor(random.next() * (toMs - fromMs))

  clock.at(byHandMs, () => (desk.approval = 'manual'))
  everybody.forEach(({ key, form, fate }, index) => {
    const isLooked = byHand.includes(fate)
    const span = isLooked ? [byHandMs + 1, byHandMs + 12 * HOUR_MS] : [times.registrationOpens, byHandMs]
    const [fromMs = 0, toMs = 0] = span
    clock.at(between(fromMs, toMs), () => {
      const source = sources[index % 5]
      const answers = index % 2 === 0 ? [{ title: QUESTION, value: 'От коллег' }] : []
      ids.set(key, desk.register(form, { answers, ...(source && { source }) }).id)
    })
    const by = index % 2 === 0 ? 'host' : 'registrant'
    const later = (fromHours: number, toHours: number, action: () => unknown): void => {
      clock.at(between(times.starts - fromHours * HOUR_MS, times.starts - toHours * HOUR_MS), action)
    }
    if (fate === 'approved by hand') later(34, 30, () => desk.approve(idOf(key)))
    if (fate === 'denied') later(34, 30, () => desk.deny(idOf(key)))
    if (fate === 'cancelled') later(29, 25, () => desk.cancel(idOf(key), by))
    if (fate === 'cancelled unheard') later(23, 3, () => desk.cancel(idOf(key), by))
  })
  return idOf
}

function planRehearsal(practice: Scenario, atMs: number): void {
  const { clock, meeting } = practice
  clock.at(atMs, () => practice.join(meeting.host.key))
  meeting.panelists.forEach(({ key }, index) => {
    clock.at(atMs + (index + 1) * MINUTE_MS, () => practice.join(key))
  })
  clock.at(atMs + 20 * MINUTE_MS, () => practice.end())
}

/** Everybody comes within a quarter of an hour; friends after the one whose link they have, so that both are there at once. */
function planEvening(input: {
  scenario: Scenario
  random: Random
  desk: RegistrationDesk
  guests: readonly Listener[]
  friends: number
  times: Webinar['times']
  idOf: (key: string) => string
}): Pick<WebinarTruth, 'stayed' | 'left' | 'forwardedStayed' | 'sharedLinks'> {
  const { scenario, random, desk, guests, friends, times, idOf } = input
  const { clock, meeting } = scenario
  const minute = (minutes: number): number => times.starts + Math.floor(minutes * MINUTE_MS)
  const between = (from: number, to: number): number => minute(from + random.next() * (to - from))
  const leavesEarly = (index: number): boolean => index % 4 === 3
  const come = (atMs: number, person: () => PersonInPlay): void => {
    clock.at(atMs, () => scenario.join(scenario.cast(person()).key))
  }

  clock.at(minute(-2), () => scenario.join(meeting.host.key))
  for (const { key } of meeting.panelists) clock.at(between(-1.5, -0.5), () => scenario.join(key))
  guests.forEach(({ key }, index) => {
    come(between(-0.4, 10), () => guestOf(desk.registrant(idOf(key)), key, elsewhere(index)))
    if (leavesEarly(index)) clock.at(between(16, 39), () => scenario.leave(key))
    else if (index % 5 === 0) clock.at(between(41, 80), () => scenario.leave(key))
    if (index % 25 === 1) {
      const dropsAtMs = between(11, 14)
      clock.at(dropsAtMs, () => scenario.drop(key))
      clock.at(dropsAtMs + 75 * SECOND_MS, () => scenario.join(key))
    }
  })
  const stay = guests.filter((_, index) => !leavesEarly(index))
  // The first two have the same link; everybody else's is another one's.
  const owners = Array.from({ length: friends }, (_, index) => stay[Math.max(0, index - 1)] ?? guests[0])
  owners.forEach((owner, index) => {
    if (!owner) return
    const key = `friend${index + 1}`
    const name = strangersName(owner, index)
    come(between(11, 15), () => guestOf(desk.registrant(idOf(owner.key)), key, { name }))
    if (leavesEarly(index)) clock.at(between(16, 39), () => scenario.leave(key))
  })
  clock.at(times.ends, () => scenario.end())

  return {
    stayed: stay.length,
    left: guests.length - stay.length,
    forwardedStayed: owners.filter((_, index) => !leavesEarly(index)).length,
    sharedLinks: new Set(owners).size,
  }
}

/** Every seventh is signed in to a Zoom account of their own. */
const elsewhere = (index: number): Partial<PersonInPlay> =>
  index % 7 === 6 ? { zoomUserId: `Elsewhere${String(index).padStart(13, '0')}`, outsideAccount: true } : {}

/** A name that has no word in common with the one they come as. */
function strangersName({ form }: Listener, index: number): string {
  const words = new Set([form.first_name, ...(form.last_name ?? '').split(' ')])
  for (let nth = 6_000 + index * 11; ; nth += 1) {
    const name = inventedName(nth)
    if (!name.split(' ').some((word) => words.has(word))) return name
  }
}
