/**
 * Writes what documentation repeats from code: the settings table of README.md and docs/scopes.md.
 *
 *     npm run docs            writes them
 *     npm run docs -- --check fails when they are not as written
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { format } from 'prettier'
import { settings } from '../server/config.ts'
import { events, scopes, sdkUses } from '../server/zoom/capabilities.ts'

const check = process.argv.includes('--check')
const row = (...cells: string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
const table = (head: string[], rows: string[][]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n')

const settingsTable = table(
  ['name', 'meaning', 'default', 'example'],
  settings.map(({ name, meaning, fallback, example }) => [
    `\`${name}\``,
    meaning,
    fallback ?? 'none',
    `\`${example}\``,
  ]),
)
const begin = '<!-- settings:begin (npm run docs writes this table from server/config.ts) -->'
const end = '<!-- settings:end -->'
const readme = readFileSync('README.md', 'utf8')
const newReadme = `${readme.slice(0, readme.indexOf(begin))}${begin}\n\n${settingsTable}\n\n${readme.slice(readme.indexOf(end))}`

const scopesPage = `# What Rollbook asks Zoom for, and why

Written by \`npm run docs\` from \`server/zoom/capabilities.ts\`, which also generates [manifest.json](../manifest.json).

## Scopes

${table(
  ['scope', 'why', 'optional'],
  Object.entries(scopes).map(([scope, { why, optional }]) => [`\`${scope}\``, why, optional ? 'yes' : 'no']),
)}

## Events

${table(
  ['event', 'why'],
  Object.entries(events).map(([event, why]) => [`\`${event}\``, why]),
)}

## Functions of the Zoom client

${table(
  ['function', 'why'],
  Object.entries(sdkUses).map(([name, why]) => [`\`${name}\``, why]),
)}
`

let stale = false
for (const [file, text] of [
  ['README.md', newReadme],
  ['docs/scopes.md', scopesPage],
] as const) {
  const options = {
    parser: 'markdown',
    printWidth: 110,
    singleQuote: true,
    semi: false,
    trailingComma: 'all',
  } as const
  const wanted = await format(text, options)
  if (check) stale ||= readFileSync(file, 'utf8') !== wanted
  else writeFileSync(file, wanted)
}
if (stale) {
  console.error('Documentation does not match the code it repeats. Run `npm run docs` and commit.')
  process.exitCode = 1
}
