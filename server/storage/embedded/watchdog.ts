import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { DatabaseAccount } from './place.ts'

/**
 * Runs PostgreSQL and watches the app through its standard input: the pipe closes however the app dies, kill -9
 * included. It is a process of its own session, so a signal to the app's process group does not reach it.
 *
 * A string, because it has to run under a bare `node` whether we run from TypeScript or from dist/.
 * Told to stop: fast shutdown, patiently. Abandoned: fast shutdown (SIGINT), after 2.5 s immediate (SIGQUIT),
 * after 4 s SIGKILL, so nothing is left after 5 s. Signals from outside are ignored: the app alone decides.
 * https://www.postgresql.org/docs/18/server-shutdown.html
 */
const program = `
const { spawn } = require('node:child_process')
const fs = require('node:fs')
const plan = JSON.parse(process.argv[1])
const log = fs.openSync(plan.logFile, 'a', 0o600)
const database = spawn(plan.command, plan.args, {
  cwd: plan.workDir, env: plan.env, stdio: ['ignore', log, log], windowsHide: true,
  ...(plan.account ?? {}),
})
let told = false
const signal = (name) => { if (database.exitCode === null) database.kill(name) }
const end = (code) => {
  if (plan.removeAfter) fs.rmSync(plan.removeAfter, { recursive: true, force: true })
  process.exit(code)
}
database.on('error', () => end(70))
database.on('exit', (code) => end(code ?? 71))
process.stdin.on('error', () => {})
process.stdin.on('data', () => {
  told = true
  signal('SIGINT')
  setTimeout(() => signal('SIGQUIT'), 20000)
})
process.stdin.on('close', () => {
  if (told) return
  signal('SIGINT')
  setTimeout(() => signal('SIGQUIT'), 2500)
  setTimeout(() => signal('SIGKILL'), 4000)
})
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {})
process.stdout.on('error', () => {})
process.stdout.write(String(database.pid) + '\\n')
`

export interface WatchdogPlan {
  command: string
  args: string[]
  workDir: string
  env: Record<string, string>
  logFile: string
  account: DatabaseAccount | null
  /** A folder to remove when the database is gone; null for none. */
  removeAfter: string | null
}

export interface Watchdog {
  /** Process id of the postmaster; 0 when it could not even be spawned. */
  pid: Promise<number>
  /** Resolves when the database and its watchdog are gone. */
  gone: Promise<void>
  isGone(): boolean
  /** Fast shutdown; resolves when done. */
  stop(): Promise<void>
}

export function startWatchdog(plan: WatchdogPlan): Watchdog {
  const child = spawn(process.execPath, ['-e', program, JSON.stringify(plan)], {
    cwd: plan.workDir,
    env: plan.env,
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
    windowsHide: true,
  })
  let isGone = false
  const gone = new Promise<void>((resolve) => {
    const done = () => {
      isGone = true
      resolve()
    }
    child.once('exit', done)
    child.once('error', done)
  })
  child.stdin.on('error', () => {})
  const pid = new Promise<number>((resolve) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(Number(line)))
    void gone.then(() => resolve(0))
  })
  return {
    pid,
    gone,
    isGone: () => isGone,
    stop: async () => {
      if (!isGone) child.stdin.end('stop\n')
      await gone
    },
  }
}
