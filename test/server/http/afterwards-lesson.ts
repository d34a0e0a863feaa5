import type { Problem, SessionAnswer } from '../../../shared/wire/index.ts'
import { classmate, openClassroom } from '../../support/classroom.ts'
import type { TestServer } from '../../support/server.ts'
import { sealAppContext, type PersonInPlay, type Scenario } from '../../zoom/index.ts'

const [oleg, rita, anna, viktor, stranger] = [
  classmate('oleg', 'oleg'),
  // Typed an address as the name to be shown.
  classmate('rita', 'rita rita@typed.example'),
  classmate('anna', 'anna'),
  classmate('viktor', 'viktor'),
  classmate('stranger', 'stranger'),
]

/**
 * A lesson in its last minutes, with everybody who may ask for its list, now or in the week after: Elena hosts, Oleg of
 * another account is co-host, Rita takes part; Anna of Elena's account, Viktor and the stranger are elsewhere.
 */
export async function openLesson() {
  const { server, lesson, elena } = await openClassroom({
    others: [oleg, rita, anna, viktor],
    installed: [oleg, rita, anna, viktor, stranger],
    accountOf: ({ key }) => (key === 'elena' || key === 'anna' ? 'account-a' : `account-of-${key}`),
  })
  server.webhooks.follow(lesson)
  for (const { key } of [elena, oleg, rita]) lesson.join(key)
  lesson.promote('oleg')
  await server.told()
  const people = { elena, oleg, rita, anna, viktor, stranger }
  const asking = ask(server, lesson)
  const gathering = (await asking.sessionOf(elena, lesson)).meeting?.gatheringId ?? ''
  const about = (what = ''): string => `/api/gatherings/${gathering}${what}`
  return { server, lesson, gathering, about, ...people, ...asking }
}
export type Lesson = Awaited<ReturnType<typeof openLesson>>

function ask(server: TestServer, lesson: Scenario) {
  const sessionOf = (who: PersonInPlay, where: Scenario | null): Promise<SessionAnswer> => {
    server.clock.advanceBy(1_000)
    return server.session(server.world.appContext(who, where))
  }
  return {
    sessionOf,
    inMainClient: async (who: PersonInPlay): Promise<string> => (await sessionOf(who, null)).token,
    /** By a context that names the lesson and a role in it, of somebody whom nobody saw there. */
    unseen(who: PersonInPlay, attendrole: string): Promise<SessionAnswer> {
      server.clock.advanceBy(1_000)
      const ts = server.clock.now()
      const fields = { typ: 'meeting', uid: who.zoomUserId, mid: lesson.meeting.uuid, attendrole } as const
      const token = { ...fields, aud: 'TestClientId', iss: 'marketplace.zoom.us', ts, exp: ts + 120_000 }
      return server.session(sealAppContext(token, server.world.app.clientSecret))
    },
    async get<Answer>(token: string, path: string): Promise<Answer> {
      const answer = await server.call(token, 'GET', path)
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as Answer
    },
    post: (token: string, path: string, body: object = {}): Promise<Response> =>
      server.call(token, 'POST', path, body),
    /** The audit's lines about one kind of act, in order. */
    acts: (act: string): Promise<Record<string, unknown>[]> =>
      server.query('select actor_member_id, detail from audit where act = $1 order by seq', [act]),
  }
}

/** The code of a refusal. */
export const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as Problem).code
