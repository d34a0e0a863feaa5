/**
 * Everything secret at rest: the operator's key ring, the data key of each installation, sealed values, keyed hashes.
 * No table but `data_keys` and `deployment_keys` is known here. Start with `vault.ts`; the why is in
 * docs/decisions/0003-sealed-at-rest.md.
 */
export { parseEncryptionKeys } from './key-ring.ts'
export type { EncryptionKeyRing } from './key-ring.ts'
export { open, openJson, seal, sealJson } from './payload.ts'
export type { SealedPlace } from './payload.ts'
export { createVault, InstallationGone } from './vault.ts'
export type { DeploymentSecret, InstallationKeys, Vault } from './vault.ts'
