/**
 * Writes manifest.json from the table of capabilities.
 *
 *     npm run manifest                                      the committed one, for https://rollbook.example
 *     PUBLIC_URL=https://your.host npm run manifest -- FILE yours, to upload to the Marketplace
 */
import { writeFileSync } from 'node:fs'
import { format } from 'prettier'
import { appManifest } from '../server/zoom/manifest.ts'

const publicUrl = (process.env.PUBLIC_URL ?? 'https://rollbook.example').replace(/\/+$/, '')
if (!URL.canParse(publicUrl) || !publicUrl.startsWith('https://')) {
  console.error(`PUBLIC_URL is "${publicUrl}"; Zoom takes https:// addresses only.`)
  process.exit(64)
}
const file = process.argv[2] ?? 'manifest.json'
writeFileSync(file, await format(JSON.stringify(appManifest(publicUrl)), { parser: 'json', printWidth: 110 }))
console.log(`${file} describes the app at ${publicUrl}`)
