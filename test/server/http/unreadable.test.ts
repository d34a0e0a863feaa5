import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code

describe('a request that cannot be read', () => {
  it.each(['/webhooks/zoom', '/api/session'])(
    'at %s, because its body is not compressed as it says, is the caller’s fault and no error of ours',
    async (path) => {
      for (const encoding of ['gzip', 'deflate', 'br']) {
        const headers = { 'content-type': 'application/json', 'content-encoding': encoding }
        const answer = await fetch(`${server.url}${path}`, {
          method: 'POST',
          headers,
          body: '{"plain":true}',
        })
        expect([answer.status, await codeOf(answer)]).toEqual([400, 'bad_request'])
      }
    },
  )

  it('because its address does not decode, is the caller’s fault and no error of ours', async () => {
    const answer = await fetch(`${server.url}/api/gatherings/%E0%A4%A/roster`)
    expect([answer.status, await codeOf(answer)]).toEqual([400, 'bad_request'])
  })
})
