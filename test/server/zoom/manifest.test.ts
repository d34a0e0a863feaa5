import { readFileSync, readdirSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { events, operations, scopeFor, scopes, scopesOf, sdkUses } from '../../../server/zoom/capabilities.ts'
import { appManifest, readDelivery } from '../../../server/zoom/index.ts'
import { sdkApis, sdkEvents } from '../../../shared/wire/sdk-capabilities.ts'
import { facts, knownEvents } from '../../zoom/contract/check.ts'
import schema from '../../zoom/contract/manifest.schema.json' with { type: 'json' }
import { bytes } from './fixture.ts'

const root = new URL('../../../', import.meta.url)
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, root), 'utf8'))
const manifests = [
  { file: 'manifest.json', profile: 'user' },
  { file: 'manifest.account.json', profile: 'account' },
] as const
const validate = new Ajv({ strict: false }).compile(schema)

describe.each(manifests)('$file', ({ file, profile }) => {
  it('is what the table of capabilities makes', () => {
    expect(read(file), 'run: npm run manifest').toEqual(appManifest('https://rollbook.example', profile))
  })

  it.each(['https://rollbook.example', 'https://attendance.school.example:8443'])(
    'has the shape Zoom takes, at %s',
    (publicUrl) => {
      expect(validate(appManifest(publicUrl, profile)), JSON.stringify(validate.errors)).toBe(true)
    },
  )

  it('keeps Zoom’s limits on texts', () => {
    expect(read(file)).toMatchObject({
      display_information: {
        display_name: expect.stringMatching(/^.{1,49}$/) as string,
        description: expect.stringMatching(/^.{1,150}$/) as string,
      },
    })
  })

  it('asks for the scopes this kind of app may have, and for no other', () => {
    const asked = scopesOf(profile).map(({ scope }) => scopeFor(scope, profile))
    const mayHave = (scope: string): boolean =>
      scope.startsWith('zoomapp:') || scope.endsWith(':admin') === (profile === 'account')
    expect(asked.filter((scope) => !mayHave(scope) || scope.endsWith(':master'))).toEqual([])
  })
})

describe('the table of capabilities', () => {
  it('subscribes to every event we understand, and to no other', () => {
    const understood = knownEvents.filter((event) => {
      const body = bytes(JSON.stringify({ event, payload: {} }))
      return readDelivery(body).kind === 'delivery'
    })
    expect(['app_deauthorized', ...Object.keys(events)].toSorted()).toEqual(understood.toSorted())
  })

  it.each(['user', 'account'] as const)('has a scope for every event: %s', (grant) => {
    const granted = new Set(scopesOf(grant).map(({ scope }) => scopeFor(scope, grant)))
    const unreachable = Object.keys(events).filter(
      (event) => !facts.events[event]?.scopes.some((scope) => granted.has(scope)),
    )
    expect(unreachable).toEqual([])
  })

  it.each(Object.entries(operations))('calls %s under a scope and a label Zoom publishes', (name, use) => {
    const published = facts.operations[name]
    expect(published?.label).toBe(use.label)
    for (const grant of ['user', 'account', 'server_to_server'] as const) {
      if (!scopesOf(grant).some(({ scope }) => scope === use.scope)) continue
      expect(published?.scopes).toContain(scopeFor(use.scope, grant))
    }
  })

  it.each(['user', 'account', 'server_to_server'] as const)(
    'asks for no scope without a use: %s',
    (grant) => {
      const used = new Set([
        ...Object.keys(events).flatMap((event) => facts.events[event]?.scopes ?? []),
        ...Object.keys(operations).flatMap((operation) => facts.operations[operation]?.scopes ?? []),
        // What the panel runs under is no matter of events or REST.
        'zoomapp:inmeeting',
        'zoomapp:inwebinar',
      ])
      const asked = scopesOf(grant).map(({ scope }) => scopeFor(scope, grant))
      expect(asked.filter((scope) => !used.has(scope))).toEqual([])
    },
  )

  it('calls what it lists', () => {
    const folder = new URL('server/zoom/', root)
    const source = readdirSync(folder)
      .filter((file) => file !== 'capabilities.ts')
      .map((file) => readFileSync(new URL(file, folder), 'utf8'))
      .join('\n')
    const called = Object.keys(operations).filter(
      // "Me" is asked for by its path, everything else by the name of its operation.
      (name) => source.includes(`'${name}'`) || source.includes(`\${apiUrl}${name.slice('GET '.length)}\``),
    )
    expect(called).toEqual(Object.keys(operations))
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
