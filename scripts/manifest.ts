/**
 * Writes the manifests from the table of capabilities.
 *
 *     npm run manifest                                      the committed ones, for https://rollbook.example
 *     PUBLIC_URL=https://your.host npm run manifest -- FILE yours, to upload to the Marketplace
 *     ZOOM_PROFILE=account PUBLIC_URL=… npm run manifest -- FILE the one an administrator adds for the account
 */
import { writeFileSync } from 'node:fs'
import { format } from 'prettier'
import { appManifest } from '../server/zoom/manifest.ts'

const publicUrl = (process.env.PUBLIC_URL ?? 'https://rollbook.example').replace(/\/+$/, '')
if (!URL.canParse(publicUrl) || !publicUrl.startsWith('https://')) {
  console.error(`PUBLIC_URL is "${publicUrl}"; Zoom takes https:// addresses only.`)
  process.exit(64)
}
const profile = process.env.ZOOM_PROFILE ?? 'user'
if (profile !== 'user' && profile !== 'account') {
  console.error(`ZOOM_PROFILE is "${profile}"; it must be user or account.`)
  process.exit(64)
}
const [wanted] = process.argv.slice(2)
const files =
  wanted === undefined
    ? ([
        ['manifest.json', 'user'],
        ['manifest.account.json', 'account'],
      ] as const)
    : ([[wanted, profile]] as const)
for (const [file, by] of files) {
  const manifest = JSON.stringify(appManifest(publicUrl, by))
  writeFileSync(file, await format(manifest, { parser: 'json', printWidth: 110 }))
  console.log(
    `${file} describes the app at ${publicUrl}, added by ${by === 'user' ? 'each host' : 'an administrator'}`,
  )
}
