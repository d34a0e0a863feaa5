/**
 * The registration desk of one meeting number: people fill in a form, the host lets them in or not, and they may cancel.
 * REST reads it, webhooks tell of it. Who cancelled is on no list any more, as with the real one.
 *
 *     const desk = world.openRegistration(number, { seed: 1 })
 *     const anna = desk.register({ first_name: 'Anna', email: 'anna@example.org' })
 *     scenario.cast(guestOf(anna, 'anna'))
 *
 * @see https://developers.zoom.us/docs/api/meetings/#tag/meetings/get/meetings/{meetingId}/registrants
 */
import type { Clock } from './clock.ts'
import { createRandom, ids } from './random.ts'
import { Impossible } from './scenario.ts'
import type { MeetingInPlay, PersonInPlay } from './story.ts'

/** The form, with Zoom's names for its fields. */
export interface RegistrationForm {
  first_name: string
  last_name?: string
  email: string
  address?: string
  city?: string
  country?: string
  zip?: string
  state?: string
  phone?: string
  industry?: string
  org?: string
  job_title?: string
  purchasing_time_frame?: string
  role_in_purchase_process?: string
  no_of_employees?: string
  comments?: string
}

export interface CustomAnswer {
  /** The question's words: Zoom knows its custom questions by nothing else. */
  title: string
  /** At most 128 characters; several answers are one string. */
  value: string
}

/** A place a webinar's registration link was shared at. */
export interface TrackingSourceInPlay {
  id: string
  name: string
  url: string
  visitors: number
  registrations: number
}

export type RegistrationStatus = 'approved' | 'pending' | 'denied'

/** One registration as it is at an instant. */
export interface RegistrantInPlay {
  readonly id: string
  readonly form: RegistrationForm
  readonly answers: readonly CustomAnswer[]
  readonly source: TrackingSourceInPlay | null
  /** Planned starts (epoch ms) of the occurrences they come to; null: all. */
  readonly occurrences: readonly number[] | null
  readonly status: RegistrationStatus
  readonly createdAtMs: number
  /** Their own link. Whoever has it comes as them. */
  readonly joinUrl: string
  /** What a caller of theirs types; meetings have it. */
  readonly pinCode: number
}

export interface RegistrationEvent {
  atMs: number
  kind: 'created' | 'approved' | 'denied' | 'cancelled'
  registrant: RegistrantInPlay
  /** Who did it. */
  by: 'host' | 'registrant'
}

/** For a recurring meeting: once for all occurrences, anew for each, or once for the ones chosen. */
export type RegisteredFor = 'all' | 'each' | 'chosen'

export interface RegistrationDesk {
  /** What people register for, as it is defined now. */
  readonly meeting: MeetingInPlay
  /** Changeable at any time; those who registered before stay what they are. */
  approval: 'automatic' | 'manual'
  readonly registeredFor: RegisteredFor
  /**
   * @param more.occurrences planned starts (epoch ms), unless one registers for all
   * @param more.source one of this desk's
   */
  register(
    form: RegistrationForm,
    more?: { answers?: CustomAnswer[]; source?: TrackingSourceInPlay; occurrences?: number[] },
  ): RegistrantInPlay
  /** @throws Impossible when there is no such registrant (any more), or they are approved already; so do `deny`, `cancel` */
  approve(id: string): RegistrantInPlay
  deny(id: string): RegistrantInPlay
  cancel(id: string, by?: RegistrationEvent['by']): void
  /** As they are now. @throws Impossible */
  registrant(id: string): RegistrantInPlay
  /** Everybody who did not cancel, in the order they registered; `status`: only those. */
  registrants(status?: RegistrationStatus): readonly RegistrantInPlay[]
  /** Makes a link of its own for a place. */
  share(place: string): TrackingSourceInPlay
  readonly sources: readonly TrackingSourceInPlay[]
  on(listener: (event: RegistrationEvent) => void): () => void
  /** Everything that happened so far, in order. */
  readonly history: readonly RegistrationEvent[]
}

export interface DeskOptions {
  seed: number
  /** Automatic unless given. */
  approval?: RegistrationDesk['approval']
  /** `all` unless given. */
  registeredFor?: RegisteredFor
}

/** @param meeting gives what people register for, as it is defined at the moment */
export function createRegistrationDesk(
  { clock, meeting }: { clock: Clock; meeting: () => MeetingInPlay },
  { seed, approval = 'automatic', registeredFor = 'all' }: DeskOptions,
): RegistrationDesk {
  const random = createRandom(seed, 'registrations')
  const registered = new Map<string, RegistrantInPlay>()
  const sources: TrackingSourceInPlay[] = []
  const history: RegistrationEvent[] = []
  const listeners = new Set<(event: RegistrationEvent) => void>()

  const find = (id: string): RegistrantInPlay => {
    const found = registered.get(id)
    if (!found) throw new Impossible(`Nobody is registered as "${id}"`)
    return found
  }
  const tell = (
    kind: RegistrationEvent['kind'],
    registrant: RegistrantInPlay,
    by: RegistrationEvent['by'],
  ): void => {
    const event = { atMs: clock.now(), kind, registrant, by }
    history.push(event)
    for (const listener of [...listeners]) listener(event)
  }
  const decide = (id: string, status: 'approved' | 'denied'): RegistrantInPlay => {
    const before = find(id)
    if (before.status === status) throw new Impossible(`"${id}" is ${status} already`)
    const registrant = Object.freeze({ ...before, status })
    registered.set(id, registrant)
    tell(status, registrant, 'host')
    return registrant
  }
  const chosen = (wanted: number[] | undefined): readonly number[] | null => {
    if (registeredFor === 'all') return null
    const planned = meeting().plannedStartsMs
    if (!wanted?.length || (registeredFor === 'each' && wanted.length > 1))
      throw new Impossible(
        `One registers here for ${registeredFor === 'each' ? 'one' : 'chosen'} of the dates`,
      )
    if (!wanted.every((startMs) => planned.includes(startMs)))
      throw new Impossible('One registers for dates that are planned')
    return wanted
  }

  const desk: RegistrationDesk = {
    get meeting() {
      return meeting()
    },
    approval,
    registeredFor,
    register(form, { answers = [], source, occurrences } = {}) {
      const { kind, number } = meeting()
      const registrant: RegistrantInPlay = Object.freeze({
        id: ids.zoomUserId(random),
        form,
        answers,
        source: source ?? null,
        occurrences: chosen(occurrences),
        status: desk.approval === 'automatic' ? 'approved' : 'pending',
        createdAtMs: clock.now(),
        joinUrl: `https://us02web.zoom.us/${kind === 'webinar' ? 'w' : 'j'}/${number}?tk=${random.bytes(32).toString('base64url')}`,
        pinCode: random.between(100_000, 999_999),
      })
      if (source) {
        source.visitors += 1
        source.registrations += 1
      }
      registered.set(registrant.id, registrant)
      tell('created', registrant, 'registrant')
      return registrant
    },
    approve: (id) => decide(id, 'approved'),
    deny: (id) => decide(id, 'denied'),
    cancel(id, by = 'host') {
      const registrant = find(id)
      registered.delete(id)
      tell('cancelled', registrant, by)
    },
    registrant: find,
    registrants: (status) =>
      [...registered.values()].filter((one) => status === undefined || one.status === status),
    share(place) {
      const id = String(random.between(5_000_000_000_000, 5_999_999_999_999))
      const page = `WN_${random.bytes(16).toString('base64url')}`
      const url = `https://us02web.zoom.us/webinar/register/${id}/${page}`
      const source = { id, name: place, url, visitors: 0, registrations: 0 }
      sources.push(source)
      return source
    },
    sources,
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    history,
  }
  return desk
}

/** Somebody who comes by this registration's link; under a name of their own when it was passed on to them. */
export function guestOf(
  { id, form }: RegistrantInPlay,
  key: string,
  more: Partial<Omit<PersonInPlay, 'key' | 'registrantId'>> = {},
): PersonInPlay {
  const name = [form.first_name, form.last_name].filter(Boolean).join(' ')
  return { key, name, email: form.email, registrantId: id, ...more }
}
