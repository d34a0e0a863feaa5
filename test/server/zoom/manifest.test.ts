import { readFileSync, readdirSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { events, scopes, sdkUses } from '../../../server/zoom/capabilities.ts'
import { appManifest, readDelivery } from '../../../server/zoom/index.ts'
import { sdkApis, sdkEvents } from '../../../shared/wire/sdk-capabilities.ts'
import { facts, knownEvents } from '../../zoom/contract/check.ts'
import schema from '../../zoom/contract/manifest.schema.json' with { type: 'json' }
import { bytes } from './fixture.ts'

const root = new URL('../../../', import.meta.url)
const committed: unknown = JSON.parse(readFileSync(new URL('manifest.json', root), 'utf8'))
const validate = new Ajv({ strict: false }).compile(schema)

describe('manifest.json', () => {
  it('is what the table of capabilities makes', () => {
    expect(committed, 'run: npx tsx scripts/manifest.ts').toEqual(appManifest('https://rollbook.example'))
  })

  it.each(['https://rollbook.example', 'https://attendance.school.example:8443'])(
    'has the shape Zoom takes, at %s',
    (publicUrl) => {
      expect(validate(appManifest(publicUrl)), JSON.stringify(validate.errors)).toBe(true)
    },
  )

  it('keeps Zoom’s limits on texts', () => {
    expect(committed).toMatchObject({
      display_information: {
        display_name: expect.stringMatching(/^.{1,49}$/) as string,
        description: expect.stringMatching(/^.{1,150}$/) as string,
      },
    })
  })
})

/** What `server/zoom` asks of Zoom's REST API. */
const called = [
  'GET /users/me',
  'GET /meetings/{meetingId}',
  'GET /past_meetings/{meetingId}',
  'GET /past_meetings/{meetingId}/participants',
  'GET /past_webinars/{webinarId}/participants',
]

describe('the table of capabilities', () => {
  it('subscribes to every event we understand, and to no other', () => {
    const understood = knownEvents.filter((event) => {
      const body = bytes(JSON.stringify({ event, payload: {} }))
      return readDelivery(body).kind === 'delivery'
    })
    expect(['app_deauthorized', ...Object.keys(events)].toSorted()).toEqual(understood.toSorted())
  })

  it('has a scope for every event', () => {
    const unreachable = Object.keys(events).filter(
      (event) => !facts.events[event]?.scopes.some((scope) => scope in scopes),
    )
    expect(unreachable).toEqual([])
  })

  it('asks for no scope without a use', () => {
    const used = new Set([
      ...Object.keys(events).flatMap((event) => facts.events[event]?.scopes ?? []),
      ...called.flatMap((operation) => facts.operations[operation]?.scopes ?? []),
      // What the panel runs under is no matter of events or REST.
      'zoomapp:inmeeting',
      'zoomapp:inwebinar',
    ])
    expect(Object.keys(scopes).filter((scope) => !used.has(scope))).toEqual([])
  })

  it('asks for nothing that only an administrator may grant', () => {
    expect(Object.keys(scopes).filter((scope) => /:(admin|master)$/.test(scope))).toEqual([])
  })

  it('says why for everything the panel may use', () => {
    expect(Object.keys(sdkUses).toSorted()).toEqual([...sdkApis, ...sdkEvents].toSorted())
    const reasons = [
      ...Object.values(scopes).map(({ why }) => why),
      ...Object.values(events),
      ...Object.values(sdkUses),
    ]
    expect(reasons.filter((why) => !/^[A-Z].{10,}\.$/.test(why))).toEqual([])
  })

  it('has everything the panel uses, and nothing else', () => {
    const folder = new URL('client/zoom/', root)
    const source = readdirSync(folder)
      .map((file) => readFileSync(new URL(file, folder), 'utf8'))
      .join('\n')
    const called = [...source.matchAll(/\bsdk\.([a-z][A-Za-z]+)\(/g)].map((match) => match[1] ?? '')
    const heard = [...source.matchAll(/\bsdk\.on\('(\w+)'/g)].map((match) => match[1] ?? '')
    const used = new Set([...called, ...heard])
    // How everything else is reached; neither is a capability.
    used.delete('config')
    used.delete('on')
    expect([...used].toSorted()).toEqual([...sdkApis, ...sdkEvents].toSorted())
  })
})
