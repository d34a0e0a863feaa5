import { randomBytes } from 'node:crypto'
import type { Database } from '../tenancy.ts'
import { foldedEmail, foldedWords } from './folding.ts'
import type { EncryptionKeyRing } from './key-ring.ts'
import { unwrap, wrap } from './key-ring.ts'
import { keyedHash, lookUpKey } from './payload.ts'

/** The installation was removed, and its data key with it: nothing of it can be read or written any more. */
export class InstallationGone extends Error {
  override readonly name = 'InstallationGone'
  readonly code = 'installation_gone'
}

export interface InstallationKeys {
  /** Seals payloads. */
  data: Uint8Array
  /** Equal facts have equal hashes inside the installation, and nowhere else. */
  factKey(key: string): string
  email(address: string): string
  /** One hash for each folded word, each word once. */
  nameWords(names: Iterable<string>): string[]
}

/** Secrets of the whole deployment, made at first start. */
const deploymentSecrets = ['look_up', 'oauth_flows', 'session_signing'] as const
export type DeploymentSecret = (typeof deploymentSecrets)[number]

export interface Vault {
  deploymentSecret(name: DeploymentSecret): Uint8Array
  /** Keyed hash under the deployment's look-up key, for finding an installation by what Zoom calls it. */
  zoomHash(kind: 'zoom_user' | 'zoom_account', id: string): string
  /** @throws InstallationGone */
  keysOf(installationId: string, db?: Database): Promise<InstallationKeys>
  createDataKey(db: Database, installationId: string): Promise<void>
  forget(installationId: string): void
}

/** Look-ups are confirmed by opening what they find; 96 bits of HMAC are plenty, and arrays of them stay small. */
const LOOK_UP_CHARS = 16
const MOST_CACHED_KEYS = 10_000

/** Opens the deployment's secrets, making them at first start. @throws when ENCRYPTION_KEYS lacks the key they are under */
export async function createVault(parts: {
  db: Database
  ring: EncryptionKeyRing
  clock: () => number
}): Promise<Vault> {
  const { db, ring, clock } = parts
  const secrets = new Map<DeploymentSecret, Uint8Array>()
  for (const name of deploymentSecrets) secrets.set(name, await openSecret(name))
  const opened = new Map<string, InstallationKeys>()

  async function openSecret(name: DeploymentSecret): Promise<Uint8Array> {
    const purpose = `deployment:${name}`
    const stored = () =>
      db.selectFrom('deployment_keys').select('wrapped').where('name', '=', name).executeTakeFirst()
    let row = await stored()
    if (!row) {
      const wrapped = await wrap(ring, purpose, randomBytes(32))
      await db
        .insertInto('deployment_keys')
        .values({ name, wrapped, created_at_ms: clock() })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      // Of two processes at their first start one was faster; its secret is the one.
      row = await stored()
    }
    if (!row) throw new Error(`The deployment secret ${name} was not stored.`)
    return unwrap(ring, purpose, row.wrapped)
  }

  function deploymentSecret(name: DeploymentSecret): Uint8Array {
    const secret = secrets.get(name)
    if (!secret) throw new Error(`There is no deployment secret called ${name}.`)
    return secret
  }

  return {
    deploymentSecret,
    zoomHash: (kind, id) => keyedHash(deploymentSecret('look_up'), kind, id),
    async keysOf(installationId, using = db) {
      const cached = opened.get(installationId)
      if (cached) return cached
      const row = await using
        .selectFrom('data_keys')
        .select('wrapped')
        .where('installation_id', '=', installationId)
        .executeTakeFirst()
      if (!row) throw new InstallationGone(`The installation ${installationId} is gone.`)
      const keys = keysFrom(await unwrap(ring, purposeOf(installationId), row.wrapped))
      const oldest = opened.size >= MOST_CACHED_KEYS ? opened.keys().next().value : undefined
      if (oldest !== undefined) opened.delete(oldest)
      opened.set(installationId, keys)
      return keys
    },
    async createDataKey(using, installationId) {
      const wrapped = await wrap(ring, purposeOf(installationId), randomBytes(32))
      await using
        .insertInto('data_keys')
        .values({ installation_id: installationId, wrapped, created_at_ms: clock() })
        .execute()
    },
    forget: (installationId) => void opened.delete(installationId),
  }
}

const purposeOf = (installationId: string) => `data_key:${installationId}`

function keysFrom(data: Uint8Array): InstallationKeys {
  const key = lookUpKey(data)
  return {
    data,
    factKey: (value) => keyedHash(key, 'fact', value),
    email: (address) => keyedHash(key, 'email', foldedEmail(address)).slice(0, LOOK_UP_CHARS),
    nameWords: (names) => {
      const words = new Set<string>()
      for (const name of names) for (const word of foldedWords(name)) words.add(word)
      return [...words].map((word) => keyedHash(key, 'name', word).slice(0, LOOK_UP_CHARS))
    },
  }
}
