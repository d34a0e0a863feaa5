/**
 * Who registered for the demo's lesson: everybody with an account at Zoom, whom their address tells, a few who have not come
 * yet, one who took it back and one the host denied. Guests come without.
 */
import type { RegistrationDesk, RegistrationForm } from '../registrations.ts'
import type { PersonInPlay, Scenario } from '../scenario.ts'
import { inventedName } from '../scenarios/names.ts'

const ABSENT = 9
const QUESTION = 'Чего вы ждёте от курса?'
const ANSWERS = ['Порядка в проектах', 'Новой работы', 'To run a team of five']
/** They come anyway. */
const STAFF = ['teacher', 'assistant']

/** They register at the clock's now, in the order of the cast. */
export function registerForLesson(desk: RegistrationDesk, { people }: Pick<Scenario, 'people'>): void {
  const members = people.filter(({ key, zoomUserId }) => zoomUserId !== undefined && !STAFF.includes(key))
  const absent = Array.from({ length: ABSENT }, (_, index) => formOf(inventedName(900 + index), index))
  const sources = ['newsletter', 'course page'].map((place) => desk.share(place))
  const registered = [...members.map(formOfPerson), ...absent].map((form, index) => {
    const source = sources[index % 3]
    const value = ANSWERS[index % 4]
    const answers = value === undefined ? [] : [{ title: QUESTION, value }]
    return desk.register(form, { answers, ...(source && { source }) })
  })
  const [cancelled, denied] = registered.slice(-2)
  if (cancelled) desk.cancel(cancelled.id, 'registrant')
  if (denied) desk.deny(denied.id)
}

const formOfPerson = ({ name, email }: PersonInPlay, index: number): RegistrationForm => ({
  ...formOf(name, index),
  ...(email !== undefined && { email }),
})

function formOf(name: string, index: number): RegistrationForm {
  const [first = '', ...last] = name.split(' ')
  return {
    ...{ first_name: first, last_name: last.join(' '), email: `registrant${index + 1}@example.com` },
    ...(index % 4 === 0 && { org: 'Завод «Маяк»', city: 'Екатеринбург' }),
  }
}
