import { readFileSync } from 'node:fs'
import type { ReportPlan } from './reports/plan.ts'
import type { ZoomPlan } from './zoom/rates.ts'
import { defaultDataDir } from './storage/embedded/place.ts'
import { parseEncryptionKeys, type EncryptionKeyRing } from './storage/sealing/key-ring.ts'

/** One setting: what it means, what it is when not given, and an example; README's table is generated from this list. */
interface Setting {
  name: string
  meaning: string
  fallback: string | null
  example: string
}

export const settings: readonly Setting[] = [
  { name: 'PORT', meaning: 'Port to listen on.', fallback: '3000', example: '8080' },
  {
    name: 'PUBLIC_URL',
    meaning: 'Where people and Zoom reach this server; https, unless it is on this machine.',
    fallback: 'http://localhost:PORT',
    example: 'https://rollbook.example',
  },
  {
    name: 'DATABASE_URL',
    meaning: 'A PostgreSQL 16+ server. Without it the embedded PostgreSQL in DATA_DIR is used.',
    fallback: null,
    example: 'postgres://rollbook:secret@db.example/rollbook',
  },
  {
    name: 'DATA_DIR',
    meaning: 'Folder of the embedded database.',
    fallback: './data (as root: /var/lib/rollbook)',
    example: '/srv/rollbook',
  },
  {
    name: 'ZOOM_PROFILE',
    meaning:
      'How the Marketplace app is installed: `user`, by each host for themselves, or `account`, by an administrator for everybody. They are two apps at Zoom, each with credentials of its own.',
    fallback: 'user',
    example: 'account',
  },
  {
    name: 'ZOOM_CLIENT_ID',
    meaning: 'Client id of the Marketplace app.',
    fallback: null,
    example: 'abcDEF123',
  },
  {
    name: 'ZOOM_CLIENT_SECRET',
    meaning: 'Client secret; several separated by commas while rotating, newest first.',
    fallback: null,
    example: 'new,old',
  },
  {
    name: 'ZOOM_WEBHOOK_SECRET',
    meaning: 'Secret token of the event subscription; several separated by commas while rotating.',
    fallback: null,
    example: 'new,old',
  },
  {
    name: 'ZOOM_PLAN',
    meaning:
      'How fast Zoom may be asked, by the plan of the accounts served: free, pro or business (education, too). The limit is the whole account’s, and all its apps share it.',
    fallback: 'pro',
    example: 'business',
  },
  {
    name: 'ZOOM_S2S_ACCOUNT_ID',
    meaning:
      'A Zoom account whose own server-to-server app lends this server its right to read reports. All three ZOOM_S2S settings or none.',
    fallback: null,
    example: 'Qk3…',
  },
  {
    name: 'ZOOM_S2S_CLIENT_ID',
    meaning: 'Client id of that server-to-server app.',
    fallback: null,
    example: 'ghiJKL456',
  },
  {
    name: 'ZOOM_S2S_CLIENT_SECRET',
    meaning: 'Client secret of that server-to-server app.',
    fallback: null,
    example: 'secret',
  },
  {
    name: 'ZOOM_API_URL',
    meaning: 'Base of Zoom’s REST API.',
    fallback: 'https://api.zoom.us/v2',
    example: 'https://api.zoomgov.com/v2',
  },
  {
    name: 'ZOOM_OAUTH_URL',
    meaning: 'Base of Zoom’s OAuth pages.',
    fallback: 'https://zoom.us',
    example: 'https://zoomgov.com',
  },
  {
    name: 'ZOOM_IN_CLIENT_PKCE',
    meaning:
      'How consent inside the Zoom client is proved: plain, the one method its documentation names, or S256 where the client takes it.',
    fallback: 'plain',
    example: 'S256',
  },
  {
    name: 'ZOOM_IN_CLIENT_REDIRECT',
    meaning:
      'Whether the redirect address goes along when a code of the panel is exchanged: send or omit. Zoom’s own samples differ; if connecting in the panel fails with 4709, choose the other.',
    fallback: 'send',
    example: 'omit',
  },
  {
    name: 'ENCRYPTION_KEYS',
    meaning:
      'Keys that seal everything personal, newest first, each `id:base64url(32 bytes)`; `npx rollbook keys new` prints one.',
    fallback: null,
    example: 'k1:…',
  },
  {
    name: 'FRAME_ANCESTORS',
    meaning:
      'Who may show the panel in a frame (space-separated origins); needed for Zoom’s web client only.',
    fallback: "'none'",
    example: 'https://*.zoom.us',
  },
  {
    name: 'REPORT_PLAN',
    meaning:
      'When Zoom’s list is asked for after a meeting: seconds after the end, ascending; `hourly` at the end: and then every hour for a day.',
    fallback: '60,180,420,900,1800,3600,7200,hourly',
    example: '5,10,20,40',
  },
  {
    name: 'REPORT_CONFIRM_SECONDS',
    meaning: 'After how many seconds a whole list is read again, before it is believed.',
    fallback: '120',
    example: '10',
  },
  {
    name: 'LOG_LEVEL',
    meaning: 'fatal, error, warn, info, debug, trace or silent.',
    fallback: 'info',
    example: 'warn',
  },
]

export interface Config {
  port: number
  publicUrl: string
  database: { kind: 'server'; url: string } | { kind: 'embedded'; dataDir: string }
  zoom: {
    profile: 'user' | 'account'
    plan: ZoomPlan
    /** Null: none is lent. */
    serverToServer: { accountId: string; clientId: string; clientSecret: string } | null
    clientId: string
    clientSecrets: string[]
    webhookSecrets: string[]
    apiUrl: string
    oauthUrl: string
    inClient: { pkce: 'plain' | 'S256'; sendsRedirect: boolean }
  }
  encryptionKeys: EncryptionKeyRing
  frameAncestors: string
  reports: ReportPlan
  logLevel: string
}

/** Everything wrong with the environment, as sentences an operator can act on. */
export class ConfigProblems extends Error {
  readonly problems: string[]
  constructor(problems: string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigProblems'
    this.problems = problems
  }
}

/**
 * Reads the environment into a frozen config. Every setting may also come as `NAME_FILE`, the path of a file that holds it.
 *
 * @throws ConfigProblems with every problem at once
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const problems: string[] = []
  const read = (name: string) => readSetting(env, name, problems)
  const required = (name: string): string => {
    const value = read(name)
    // Commas without anything between them are no value either.
    if (value === null || /^[\s,]*$/.test(value)) problems.push(`${name} is missing: ${meaningOf(name)}`)
    return value ?? ''
  }

  const port = wholeNumber('PORT', read('PORT') ?? '3000', 0, 65_535, problems)
  const publicUrl = url('PUBLIC_URL', read('PUBLIC_URL') ?? `http://localhost:${port}`, problems)
  if (publicUrl.startsWith('http:') && !isLocal(publicUrl)) {
    problems.push(
      'PUBLIC_URL must begin with https:// unless it is on this machine: Zoom opens nothing else.',
    )
  }
  const databaseUrl = read('DATABASE_URL')
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    problems.push(
      'DATABASE_URL must begin with postgres:// or postgresql://. Leave it out to use the embedded database.',
    )
  }
  const logLevel = read('LOG_LEVEL') ?? 'info'
  if (!['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].includes(logLevel)) {
    problems.push(`LOG_LEVEL is "${logLevel}"; it must be fatal, error, warn, info, debug, trace or silent.`)
  }
  const zoom = {
    profile: oneOf('ZOOM_PROFILE', read('ZOOM_PROFILE'), ['user', 'account'], problems),
    plan: oneOf('ZOOM_PLAN', read('ZOOM_PLAN'), ['pro', 'business', 'free'], problems),
    serverToServer: serverToServer(read, problems),
    clientId: required('ZOOM_CLIENT_ID'),
    clientSecrets: list(required('ZOOM_CLIENT_SECRET')),
    webhookSecrets: list(required('ZOOM_WEBHOOK_SECRET')),
    apiUrl: url('ZOOM_API_URL', read('ZOOM_API_URL') ?? 'https://api.zoom.us/v2', problems),
    oauthUrl: url('ZOOM_OAUTH_URL', read('ZOOM_OAUTH_URL') ?? 'https://zoom.us', problems),
    inClient: {
      pkce: oneOf('ZOOM_IN_CLIENT_PKCE', read('ZOOM_IN_CLIENT_PKCE'), ['plain', 'S256'], problems),
      sendsRedirect:
        oneOf('ZOOM_IN_CLIENT_REDIRECT', read('ZOOM_IN_CLIENT_REDIRECT'), ['send', 'omit'], problems) ===
        'send',
    },
  }
  const keys = parseEncryptionKeys(required('ENCRYPTION_KEYS'))
  if (!keys.ok && read('ENCRYPTION_KEYS') !== null) problems.push(...keys.problems)
  const frameAncestors = read('FRAME_ANCESTORS') ?? "'none'"
  if (/[;,\n]/.test(frameAncestors)) {
    problems.push('FRAME_ANCESTORS must be origins separated by spaces, without commas or semicolons.')
  }
  const reports = reportPlan(
    read('REPORT_PLAN') ?? '60,180,420,900,1800,3600,7200,hourly',
    wholeNumber('REPORT_CONFIRM_SECONDS', read('REPORT_CONFIRM_SECONDS') ?? '120', 1, 86_400, problems),
    problems,
  )

  if (problems.length > 0 || !keys.ok) throw new ConfigProblems(problems)
  return Object.freeze<Config>({
    port,
    publicUrl,
    database:
      databaseUrl === null
        ? { kind: 'embedded', dataDir: read('DATA_DIR') ?? defaultDataDir() }
        : { kind: 'server', url: databaseUrl },
    zoom,
    encryptionKeys: keys.ring,
    frameAncestors,
    reports,
    logLevel,
  })
}

function serverToServer(
  read: (name: string) => string | null,
  problems: string[],
): Config['zoom']['serverToServer'] {
  const [accountId, clientId, clientSecret] = ['ACCOUNT_ID', 'CLIENT_ID', 'CLIENT_SECRET'].map((part) =>
    read(`ZOOM_S2S_${part}`),
  )
  if (accountId && clientId && clientSecret) return { accountId, clientId, clientSecret }
  if (accountId || clientId || clientSecret) {
    problems.push(
      'ZOOM_S2S_ACCOUNT_ID, ZOOM_S2S_CLIENT_ID and ZOOM_S2S_CLIENT_SECRET belong together. Set all three, or none.',
    )
  }
  return null
}

function readSetting(
  env: Record<string, string | undefined>,
  name: string,
  problems: string[],
): string | null {
  const direct = env[name]
  const file = env[`${name}_FILE`]
  if (direct !== undefined && direct !== '' && file !== undefined && file !== '') {
    problems.push(`${name} and ${name}_FILE are both set. Keep one.`)
  }
  if (direct !== undefined && direct.trim() !== '') return direct.trim()
  if (file === undefined || file === '') return null
  try {
    const text = readFileSync(file, 'utf8').trim()
    return text === '' ? null : text
  } catch {
    const sentence = `${name}_FILE names "${file}", which cannot be read.`
    if (!problems.includes(sentence)) problems.push(sentence)
    return null
  }
}

function meaningOf(name: string): string {
  return settings.find((setting) => setting.name === name)?.meaning ?? ''
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** The first one when nothing is set. */
function oneOf<Choice extends string>(
  name: string,
  text: string | null,
  choices: readonly [Choice, ...Choice[]],
  problems: string[],
): Choice {
  const chosen = text === null ? choices[0] : choices.find((choice) => choice === text)
  if (chosen !== undefined) return chosen
  problems.push(`${name} is "${text}"; it must be ${choices.join(' or ')}.`)
  return choices[0]
}

function wholeNumber(name: string, text: string, least: number, most: number, problems: string[]): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  problems.push(`${name} is "${text}"; it must be a whole number from ${least} to ${most}.`)
  return least
}

function reportPlan(text: string, confirmSeconds: number, problems: string[]): ReportPlan {
  const words = text.split(',').map((word) => word.trim())
  const hourly = words.at(-1) === 'hourly'
  const afterSeconds = (hourly ? words.slice(0, -1) : words).map(Number)
  const ascending = afterSeconds.every((seconds, index) => seconds > (afterSeconds[index - 1] ?? 0))
  const whole = afterSeconds.every((seconds) => Number.isSafeInteger(seconds) && seconds <= 30 * 86_400)
  if (afterSeconds.length === 0 || !ascending || !whole) {
    problems.push(
      `REPORT_PLAN is "${text}"; it must be whole seconds, each more than the one before, such as 60,180,900,hourly.`,
    )
  }
  return { afterSeconds, hourly, confirmSeconds }
}

function url(name: string, text: string, problems: string[]): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text.replace(/\/+$/, '')
  problems.push(`${name} is "${text}"; it must be a web address such as https://rollbook.example.`)
  return text
}

function isLocal(text: string): boolean {
  return URL.canParse(text) && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(text).hostname)
}
