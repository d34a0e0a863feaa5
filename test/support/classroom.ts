import { createScenario, type PersonInPlay, type Scenario } from '../zoom/index.ts'
import { startServer, type TestServer } from './server.ts'

/**
 * A server with one meeting whose host, Elena, has added the app; `others` are in the cast, and installed when they say so.
 * All are of the meeting's Zoom account, unless `accountOf` says otherwise.
 */
export interface Classroom {
  server: TestServer
  lesson: Scenario
  elena: PersonInPlay
}

export async function openClassroom({
  others = [],
  installed = [],
  accountOf,
}: {
  others?: PersonInPlay[]
  installed?: PersonInPlay[]
  accountOf?: (person: PersonInPlay) => string
} = {}): Promise<Classroom> {
  const server = await startServer()
  const elena = classmate('elena', 'Elena K.')
  const lesson = server.world.add(
    createScenario({
      clock: server.clock,
      seed: 1,
      meeting: { topic: 'Lesson 4', accountId: 'account-a' },
      host: elena,
      people: others,
    }),
  )
  if (accountOf)
    for (const person of [...lesson.people, ...installed]) server.world.addUser(person, accountOf(person))
  for (const { zoomUserId = '' } of [elena, ...installed]) {
    await server.install(zoomUserId)
    server.world.authorised.add(zoomUserId)
  }
  return { server, lesson, elena }
}

/** Somebody signed in to Zoom, with an address of the school. */
export function classmate(key: string, name: string): PersonInPlay {
  return { key, name, zoomUserId: `user-${key}`, email: `${key}@school.example` }
}
