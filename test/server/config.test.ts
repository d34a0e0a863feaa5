import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { newKey } from '../../server/cli/keys-new.ts'
import { ConfigProblems, readConfig, settings } from '../../server/config.ts'

const enough = {
  ZOOM_CLIENT_ID: 'id',
  ZOOM_CLIENT_SECRET: 'new, old',
  ZOOM_WEBHOOK_SECRET: 'hook',
  ENCRYPTION_KEYS: newKey(),
}
const folder = mkdtempSync(join(tmpdir(), 'rollbook-config-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function problemsOf(env: Record<string, string | undefined>): string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems
    throw error
  }
  throw new Error('The environment was accepted.')
}

describe('the configuration', () => {
  it('takes commas without a secret between them for a missing secret', () => {
    expect(problemsOf({ ...enough, ZOOM_CLIENT_SECRET: ',', ZOOM_WEBHOOK_SECRET: ' , ' })).toEqual([
      expect.stringMatching(/^ZOOM_CLIENT_SECRET is missing/),
      expect.stringMatching(/^ZOOM_WEBHOOK_SECRET is missing/),
    ])
  })

  it('needs four settings and knows the rest', () => {
    const config = readConfig(enough)
    expect(config).toMatchObject({
      port: 3000,
      publicUrl: 'http://localhost:3000',
      logLevel: 'info',
    })
    expect(config.zoom.clientSecrets).toEqual(['new', 'old'])
    expect(config.zoom.inClient).toEqual({ pkce: 'plain', sendsRedirect: true })
    expect(config.database.kind).toBe('embedded')
    expect(Object.isFrozen(config)).toBe(true)
  })

  it('says everything that is wrong at once, as sentences that name the setting', () => {
    const problems = problemsOf({
      PORT: '70000',
      PUBLIC_URL: 'http://rollbook.example',
      DATABASE_URL: 'mysql://x',
      ZOOM_PROFILE: 'everybody',
      ZOOM_S2S_CLIENT_ID: 'alone',
      LOG_LEVEL: 'loud',
      ZOOM_IN_CLIENT_PKCE: 's256',
      ZOOM_IN_CLIENT_REDIRECT: 'never',
      FRAME_ANCESTORS: 'a; script-src *',
      ZOOM_CLIENT_ID: 'id',
      ENCRYPTION_KEYS: 'k1:short',
    })
    for (const name of [
      'PORT',
      'PUBLIC_URL',
      'DATABASE_URL',
      'ZOOM_PROFILE',
      'ZOOM_S2S_CLIENT_ID',
      'LOG_LEVEL',
      'ZOOM_IN_CLIENT_PKCE',
      'ZOOM_IN_CLIENT_REDIRECT',
      'FRAME_ANCESTORS',
      'ZOOM_CLIENT_SECRET',
      'ZOOM_WEBHOOK_SECRET',
      'ENCRYPTION_KEYS',
    ]) {
      expect(
        problems.filter((problem) => problem.includes(name)),
        name,
      ).toHaveLength(1)
    }
    for (const problem of problems) expect(problem).toMatch(/[.!]$/)
  })

  it('never repeats a secret in a problem', () => {
    expect(problemsOf({ ...enough, ENCRYPTION_KEYS: 'k1:topsecretvalue' }).join()).not.toContain(
      'topsecretvalue',
    )
    expect(problemsOf({ ...enough, DATABASE_URL: 'mysql://u:topsecretvalue@h/d' }).join()).not.toContain(
      'topsecretvalue',
    )
  })

  it('reads every setting from a file, too', () => {
    const file = join(folder, 'secret')
    writeFileSync(file, 'from-file\n')
    expect(
      readConfig({ ...enough, ZOOM_CLIENT_ID: undefined, ZOOM_CLIENT_ID_FILE: file }).zoom.clientId,
    ).toBe('from-file')
    expect(problemsOf({ ...enough, ZOOM_CLIENT_ID_FILE: file })[0]).toContain('both set')
    expect(
      problemsOf({ ...enough, ZOOM_CLIENT_ID: undefined, ZOOM_CLIENT_ID_FILE: join(folder, 'none') })[0],
    ).toContain('cannot be read')
  })

  it('lets plain http only on this machine', () => {
    expect(readConfig({ ...enough, PUBLIC_URL: 'http://127.0.0.1:8080/' }).publicUrl).toBe(
      'http://127.0.0.1:8080',
    )
    expect(readConfig({ ...enough, PUBLIC_URL: 'https://rollbook.example' }).publicUrl).toBe(
      'https://rollbook.example',
    )
  })

  it('describes every setting for the README', () => {
    expect(new Set(settings.map(({ name }) => name)).size).toBe(settings.length)
    for (const { meaning } of settings) expect(meaning).toMatch(/\.(\)|$)|one\.$/)
  })
})
