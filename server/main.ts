import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pino, { type Logger } from 'pino'
import { ConfigProblems, readConfig, type Config } from './config.ts'
import { startRollbook } from './rollbook.ts'

/** How long open requests may take to end once the server was told to stop. */
const GRACE_MS = 10_000

/** Runs Rollbook: read the environment, start everything, say so, and stop gracefully when told to. */
async function main(): Promise<void> {
  const config = configOrExit()
  // Written in the background: a write per request would cost a storm of webhooks more than storing them.
  const output = pino.destination({ sync: false })
  const log = pino({ level: config.logLevel }, output)
  process.on('exit', () => {
    output.flushSync()
  })
  try {
    const rollbook = await startRollbook({ config, log, ...builtParts() })
    console.log(`Rollbook is ready at ${rollbook.url}`)
    stopOnSignal(log, () => rollbook.stop(GRACE_MS))
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  }
}

function configOrExit(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    if (!(error instanceof ConfigProblems)) throw error
    console.error(`Rollbook cannot start:\n${error.problems.map((problem) => `- ${problem}`).join('\n')}`)
    process.exit(1)
  }
}

/** Where the built panel lies and which version this is: beside dist/server is dist/client, above is package.json. */
function builtParts(): { clientDir: string; version: string } {
  const here = dirname(fileURLToPath(import.meta.url))
  const { version } = JSON.parse(readFileSync(join(here, '../../package.json'), 'utf8')) as {
    version: string
  }
  return { clientDir: join(here, '../client'), version }
}

function stopOnSignal(log: Logger, stop: () => Promise<void>): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      log.info({ signal }, 'stopping')
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error instanceof Error ? error.message : null }, 'could not stop cleanly')
          process.exit(1)
        },
      )
    })
  }
}

await main()
