import express from 'express'
import request from 'supertest'
import { describe, expect, it } from 'vitest'
import { securityHeaders } from '../../../server/http/index.ts'

const app = express()
app.use(securityHeaders("'self' https://*.zoom.us"))
app.use((_req, res) => res.send('here'))
const framedBy = async (path: string): Promise<string | undefined> =>
  /frame-ancestors ([^;]*)/.exec((await request(app).get(path)).get('content-security-policy') ?? '')?.[1]

describe('who may frame our pages', () => {
  it('is the operator’s choice for the panel', async () => {
    for (const path of ['/', '/widely', '/oauth/callback'])
      expect(await framedBy(path), path).toBe("'self' https://*.zoom.us")
  })

  it('is nobody for the wide view, which acts by a cookie', async () => {
    for (const path of ['/wide', '/wide/', '/WIDE', '/wide?x', '/wide/some-code'])
      expect(await framedBy(path), path).toBe("'none'")
  })
})
