/**
 * What Zoom shows of whom, in webhooks and lists alike: ids only of people of the host's account, addresses of these and
 * of whoever registered with one.
 *
 * @see https://developers.zoom.us/docs/api/using-zoom-apis/#email-address-display-rules
 */
import type { PersonInPlay } from './story.ts'

export const isInternal = (person: PersonInPlay): boolean =>
  person.zoomUserId !== undefined && person.outsideAccount !== true

export const userIdShown = (person: PersonInPlay): string =>
  isInternal(person) ? (person.zoomUserId ?? '') : ''

export const addressShown = (person: PersonInPlay): string =>
  isInternal(person) || person.registrantId !== undefined ? (person.email ?? '') : ''
