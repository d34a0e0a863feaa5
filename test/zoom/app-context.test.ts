import { describe, expect, it } from 'vitest'
import { sealAppContext } from './app-context.ts'
import { createClock } from './clock.ts'
import { createLesson, ROOMS } from './scenarios/lesson.ts'
import { someApp } from './some-app.ts'
import { createZoomWorld } from './world.ts'
import { opened } from './opened-context.ts'

const start = Date.UTC(2026, 10, 23, 14, 0)
const secret = 'TestClientSecret0123456789abcdef'

describe('the app context', () => {
  it("has the layout of a token that Zoom's own decoder opens", () => {
    const fields = {
      typ: 'meeting',
      uid: 'TESTUID0000000000001',
      aud: 'TestClientId',
      iss: 'marketplace.zoom.us',
      ts: 1700000000000,
      exp: 1700000120000,
      entitlements: [],
      mid: 'AAAAAAAAAAAAAAAAAAAAAA==',
      attendrole: 'host',
    }
    const iv = Buffer.from('000102030405060708090a0b', 'hex')
    const aad = Buffer.from('test-aad')
    // Made once with Node's crypto and opened with another implementation of AES-GCM.
    expect(sealAppContext(fields, secret, { iv, aad })).toBe(
      'DAABAgMEBQYHCAkKCwgAdGVzdC1hYWTNAAAAHTEIPjq0pp79wEROEK5sZSFw3Nc4gTj2focSzN8GcuISePxrwgoejdhjmTe_' +
        '-maPOx3Dkx-dUQ0KirCFb8mtIHu-N8piiklpPRIW4UI4YRgsjFgIoqH7AhqqQhGjRZxkQbh8E4X0BYnw8bpbAxffh_' +
        'GTIMPdhuiMcOZnPgIC0Qvi979MGif9sogKBGTWZzemEicXS4skZSps-joEzO2Nkg1MDEjGhQOwAY-EQV3dZzKEPQu_' +
        'nW8yozVSuMT_TjV39WBuRfFbmjDe7cA_x_o8gYo6FX5YerntH5EiBXg',
    )
  })

  it('says who, where and as what, for two minutes, as things are at that moment', () => {
    const clock = createClock(start)
    const app = { ...someApp, clientSecret: secret }
    const world = createZoomWorld({ app, clock })
    const { scenario, teacher, assistant, minute } = createLesson({ clock, seed: 1, startsAtMs: start })
    world.add(scenario)
    const of = (person: typeof teacher) => opened(world.appContext(person, scenario), secret)
    clock.advanceTo(minute(5))
    expect(of(teacher)).toMatchObject({ typ: 'meeting', mid: scenario.meeting.uuid, attendrole: 'host' })
    expect(of(teacher)).not.toHaveProperty('uid')

    world.authorised.add(teacher.zoomUserId ?? '').add(assistant.zoomUserId ?? '')
    expect(of(teacher)).toMatchObject({ uid: teacher.zoomUserId, aud: 'c', iss: 'marketplace.zoom.us' })
    expect(of(teacher)).toMatchObject({ ts: minute(5), exp: minute(7), entitlements: [] })
    expect(of(assistant)).toMatchObject({ attendrole: 'participant' })
    clock.advanceTo(minute(14))
    expect(of(assistant)).toMatchObject({ attendrole: 'co-host' })
    clock.advanceTo(minute(20))
    expect(of(assistant)).toMatchObject({ bmid: ROOMS[0] })
    expect(of(assistant)).not.toHaveProperty('mid')
    scenario.end()
    expect(of(teacher)).toMatchObject({ typ: 'panel' })
    expect(of(teacher)).not.toHaveProperty('attendrole')

    world.openDeeplink(teacher.zoomUserId ?? '', 'once')
    expect(of(teacher)).toMatchObject({ act: 'once' })
    clock.advanceBy(5 * 60_000)
    expect(of(teacher)).not.toHaveProperty('act')
  })
})
