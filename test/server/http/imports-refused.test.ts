import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Problem } from '../../../shared/wire/index.ts'
import { openClassroom, type Classroom } from '../../support/classroom.ts'
import { exportOf, handIn } from '../imports/handing-in.ts'
import { lastWeek, MINUTE_MS, oldLesson, pupils, rowsFrom, tokenOf } from '../imports/lesson-of-three.ts'

let room: Classroom
let token: string
beforeEach(async () => {
  room = await openClassroom({ others: pupils })
  token = await tokenOf(room)
})
afterEach(() => room.server.stop())

describe('what cannot be imported', () => {
  const times = exportOf(oldLesson(), rowsFrom(lastWeek, lastWeek + MINUTE_MS))
  it.each([
    ['a picture', '\u0089PNG\r\n\u001a\n....', {}, 422, 'file_refused', 'image'],
    [
      'a chat',
      '19:00:01 From Anna to Everyone: hello\n19:00:05 From Boris to Everyone: hi\n',
      {},
      422,
      'file_refused',
      'chat_log',
    ],
    ['nothing', '', {}, 422, 'file_refused', 'empty_file'],
    [
      'totals',
      'Name (Original Name),User Email,Total Duration (Minutes),Guest\r\nAnna,,45,No\r\n',
      {},
      422,
      'file_without_times',
      null,
    ],
    [
      'dates both ways',
      'Name,Join Time,Leave Time\r\nAnna,03/04/2026 18:00:00,03/04/2026 18:30:00\r\n',
      {},
      422,
      'file_refused',
      'date_order_open',
    ],
    ['no such zone', times, { zone: 'Mars/Olympus' }, 400, 'bad_request', null],
  ] as const)('%s', async (_what, text, options, status, code, why) => {
    const bytes = Buffer.from(text, _what === 'a picture' ? 'latin1' : 'utf8')
    const answer = await handIn(room.server, token, bytes, options)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    const problem = (await answer.json()) as Problem
    expect(problem.code).toBe(code)
    if (why !== null) expect(problem.errors).toEqual([{ path: 'file', message: why }])
    expect(await room.server.query('select count(*)::int as n from imports')).toEqual([{ n: 0 }])
  })

  it('a file of more than 32 MiB, which the command line reads', async () => {
    const answer = await handIn(room.server, token, new Uint8Array(32 * 1024 * 1024 + 1))
    expect(answer.status).toBe(413)
    expect(((await answer.json()) as Problem).detail).toContain('rollbook people')
  })

  it('by a co-host or a stranger', async () => {
    expect((await handIn(room.server, null, times)).status).toBe(401)
  })
})
