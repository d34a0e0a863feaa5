/**
 * Writes what documentation repeats from code: the settings table of README.md, docs/scopes.md, docs/api.md, and the tables
 * of warnings and refusals in docs/files.md.
 *
 *     npm run docs            writes them
 *     npm run docs -- --check fails when they are not as written
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { format } from 'prettier'
import { settings } from '../server/config.ts'
import {
  events,
  operations,
  scopeFor,
  scopesOf,
  sdkUses,
  type GrantKind,
} from '../server/zoom/capabilities.ts'
import { refusalCodes, warningCodes } from '../shared/files/index.ts'
import { problemStatus, type ProblemCode } from '../shared/wire/index.ts'
import { capabilityWords } from '../shared/words/capabilities.ts'
import { fileRefusalSentence, fileWarningSentence } from '../shared/words/files.ts'
import { problemWords } from '../shared/words/index.ts'

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
const newReadme = withTable(
  readFileSync('README.md', 'utf8'),
  'settings',
  'npm run docs writes this table from server/config.ts',
  settingsTable,
)

/** A page with the table between the marks of this name written anew. */
function withTable(page: string, name: string, origin: string, written: string): string {
  const begin = page.indexOf(`<!-- ${name}:begin`)
  const end = page.indexOf(`<!-- ${name}:end -->`)
  if (begin < 0 || end < begin)
    throw new Error(`The marks <!-- ${name}:begin --> and end are missing. Put them back.`)
  return `${page.slice(0, begin)}<!-- ${name}:begin (${origin}) -->\n\n${written}\n\n${page.slice(end)}`
}

const fromWords = 'npm run docs writes this table from shared/files/warnings.ts and shared/words/files.ts'
/** `…` stands for what a sentence names of the file; a page needs no marks of reading direction around it. */
const named = (code: string, sentence: string): string[] => [
  `\`${code}\``,
  sentence.replaceAll(/[\u2068\u2069]/g, ''),
]
const warningsTable = table(
  ['code', 'what it is, and what was done'],
  warningCodes.map((code) => named(code, fileWarningSentence({ code, value: '…' }, 'command_line', 'en'))),
)
const refusalsTable = table(
  ['code', 'what it is, and what to bring instead'],
  refusalCodes.map((code) => named(code, fileRefusalSentence({ code, value: '…' }, 'command_line', 'en'))),
)
const filesPage = withTable(
  withTable(readFileSync('docs/files.md', 'utf8'), 'warnings', fromWords, warningsTable),
  'refusals',
  fromWords,
  refusalsTable,
)

const scopesTable = (grant: GrantKind): string =>
  table(
    ['scope', 'why', 'for', 'optional'],
    scopesOf(grant).map(({ scope, use: { why, capability, optional } }) => [
      `\`${scopeFor(scope, grant)}\``,
      why,
      capabilityWords('en').capabilities[capability].gives,
      optional ? 'yes' : 'no',
    ]),
  )
const scopesPage = `# What Rollbook asks Zoom for, and why

Written by \`npm run docs\` from \`server/zoom/capabilities.ts\`, which also generates [manifest.json](../manifest.json) for an app each host adds, and [manifest.account.json](../manifest.account.json) for one an administrator adds for the account.

## Scopes

What each makes possible is shown in Settings, with what follows where it was not granted. Optional ones can be left out by whoever has no use for them.

### Of an app each host adds

${scopesTable('user')}

### Of an app an administrator adds for the account

${scopesTable('account')}

### Of an account’s own server-to-server app

It lends its right to read reports, also to hosts who added the app for themselves. It is looked for only in the account that \`ZOOM_S2S_ACCOUNT_ID\` names.

${scopesTable('server_to_server')}

## Calls

${table(
  ['call', 'scope', 'rate label'],
  Object.entries(operations).map(([name, { scope, label }]) => [`\`${name}\``, `\`${scope}\``, label]),
)}

An administrator’s scope has \`:admin\` at its end.

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

const apiPage = `# The API

The panel's own API. \`GET /api/openapi.json\` of a running server describes every route and shape (OpenAPI 3.1), generated from the route table and the schemas that check the bodies. Times are ISO 8601 UTC, durations whole seconds.

A session comes from \`POST /api/session\` with the token of \`zoomSdk.getAppContext()\`; its token goes into \`Authorization: Bearer\`. \`GET /api/gatherings/{gathering}/live\` streams server-sent events: \`snapshot\`, then \`change\` events whose id is the gathering's version, and a last \`ended\` that says why; \`Last-Event-ID\` resumes. Who cannot stream asks \`/roster?after=VERSION\` instead.

Lists that can be long come in pages: \`nextCursor\` goes back as \`cursor\` for the next one, and is null on the last.

## After the meeting

\`GET /api/gatherings\` is the history: what the viewer owns, and what they proved to co-host in whatever installation; \`standing\` says what they are there, \`none\` that the host gives them nothing now and they can ask (\`POST …/access-requests\`). \`GET /api/gatherings/{gathering}\` adds what they may do and the restarts that belong to it: \`POST …/joined\` makes one gathering of two, \`…/kept-apart\` ends the proposal, \`…/split\` takes a meeting out again. The id of a joined gathering goes on leading to the whole. \`GET …/differences\` is what the official list changed; it is exported like the people, with \`list: "differences"\`. \`GET …/own-line\` is all a participant can read. Who reads what, and when: [security.md](security.md).

## What the host says

Rows carry \`share\`, \`meetsMinimum\`, \`labels\` and \`host\`; the gathering's \`base\` says what 100 % is, null while that cannot be told, and \`summary.minimum\` how many reached it. How all of it is counted: [attendance.md](attendance.md).

\`GET …/people/{person}\` is the evidence card of one line: its connections, what ties them together, what each witness said of them (equal readings of a panel told once, with how many \`times\`), whom else this may be, tidier spellings, and what was corrected. An id that became an alias leads to whom they turned out to be. \`GET …/proposals\` has the pairs of the whole list, 200 a page and at most 500; \`more\` counts those beyond. \`GET …/cleanings\` has the names and addresses of the whole list that may be written tidier, as many and told in the same way, each once with all its reasons (\`codes\`): accepting one is a \`rename\` or an \`email\`, and so is leaving it, with what stands there now, for nothing is told of what the host gave.

\`POST …/corrections\` takes one act: \`merge\`, \`split\`, \`apart\`, \`rename\`, \`email\`, \`label\` or \`mark\`. It names connections, by the \`key\` of a card or the \`keys\` of a proposal, never people, so it outlasts every new list. All of them must be on the list at that moment, else \`conflict\`. A gathering keeps 10,000, those taken back among them; then \`corrections_full\`. Corrections apply in the order of \`seq\`; of two at once both are kept. \`POST …/corrections/{seq}/undo\` and \`…/redo\` work in any order, and answer the same when it was so before. \`GET …/corrections\` has all, the newest first, 200 a page; what is corrected meanwhile moves no page. \`idle\` are those whose connections are on no list at present.

\`GET …/policy\` answers the rules that count and where each was set; \`POST\` puts a part in the place of what one scope said: \`gathering\` before \`number\` before \`installation\`. Those for everything only the owner of the installation sets (\`forbidden\`); those for a \`number\` need one (\`conflict\`). \`basedOn\` is the \`revisions\` entry of the part that was changed: when the scope says something else by then, nothing is replaced (\`conflict\`), so that no host undoes another's rules unseen; read it again and send the change with it. Rules of a gathering are rules of each of its meetings: joined to another, it goes by the other's, and taken out again by its own. Nobody has to set any: late after 5 minutes, left early by 5, back after 5, at least 75 % of the meeting as it was.

All of it can be read by whoever may read the list; those who may not read addresses get none, nor reasons or keys of connections. Every change needs the host and a proof of that not older than two minutes, or a wide view once the meeting is over. Open lists are told within a second; that a window of the rules passed while the meeting runs, within five.

## Errors

Every error is \`application/problem+json\` ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)) with a stable \`code\`. An unexpected one carries a \`reference\` that finds the line in the server's log. Written by \`npm run docs\` from \`shared/wire/problem.ts\` and \`shared/words/problems.ts\`.

${table(
  ['code', 'status', 'what happened', 'why', 'what to do'],
  (Object.keys(problemStatus) as ProblemCode[]).map((code) => {
    const { what, why, next } = problemWords(code, 'en')
    return [`\`${code}\``, String(problemStatus[code]), what, why, next]
  }),
)}
`

let stale = false
for (const [file, text] of [
  ['README.md', newReadme],
  ['docs/scopes.md', scopesPage],
  ['docs/api.md', apiPage],
  ['docs/files.md', filesPage],
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
