/**
 * The real server as an operator runs it: built if need be, started as a process of its own, configured by environment
 * alone, and installed through a browser's steps. Nothing of it is imported here.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { signedInCookie } from '../oauth.ts'

export const projectRoot = fileURLToPath(new URL('../../..', import.meta.url))
export const SOURCES = ['server', 'client', 'shared', 'scripts', 'package.json', 'vite.config.ts']

const MAIN = join(projectRoot, 'dist', 'server', 'main.js')

/** Builds when there is no build or a source is newer than it. */
export async function buildWhenStale(): Promise<void> {
  const newest = Math.max(...SOURCES.map((source) => newestChange(join(projectRoot, source))))
  if (existsSync(MAIN) && statSync(MAIN).mtimeMs >= newest) return
  console.log('Building Rollbook …')
  await run('npm', ['run', '--silent', 'build'])
}

function run(command: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: projectRoot, stdio: 'inherit' })
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} failed`)),
    )
  })
}

function newestChange(path: string): number {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))))
}

export interface RealServer {
  url: string
  pid: number
  stop(): Promise<void>
}

/**
 * Starts the server and waits for its ready line.
 *
 * @param onGone called when it ends without having been asked to
 */
export function startRealServer(settings: Record<string, string>, onGone: () => void): Promise<RealServer> {
  const inherited = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TZ', 'SystemRoot'].flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  const child = spawn(process.execPath, [MAIN], {
    cwd: projectRoot,
    env: { ...Object.fromEntries(inherited), ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
    // Ctrl+C in a terminal goes to the whole group; the demo alone hears it and stops the server in its own time.
    detached: true,
  })
  let stopping = false
  const stop = (): Promise<void> => {
    stopping = true
    return ended(child)
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      reject(new Error(`The server ended with ${code ?? 'a signal'} before it was ready.`))
      if (!stopping) onGone()
    })
    createInterface({ input: child.stdout }).on('line', (line) => {
      const ready = /^Rollbook is ready at (\S+)/.exec(line)
      if (ready?.[1] !== undefined) resolve({ url: ready[1].replace(/\/$/, ''), pid: child.pid ?? 0, stop })
      else console.log(line)
    })
  })
}

/** Asks it to stop, and makes it when it takes longer than ten seconds. */
function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), 10_000)
    child.once('exit', () => {
      clearTimeout(force)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

export interface Watchdog {
  guard(pid: number): void
  dismiss(): void
}

/**
 * A small process that outlives a killed demo: when the pipe to us breaks, it stops the server, whose own watchdog stops
 * PostgreSQL, and removes the folder.
 */
export function startWatchdog(folder: string): Watchdog {
  const script = `
    let pid = 0
    process.stdin.on('data', (chunk) => { pid = Number(String(chunk).trim().split('\\n').at(-1)) })
    process.stdin.on('end', () => {
      try { if (pid > 0) process.kill(pid, 'SIGTERM') } catch {}
      setTimeout(() => require('node:fs').rmSync(process.argv[1], { recursive: true, force: true }), 8000)
    })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})`
  const child = spawn(process.execPath, ['--eval', script, folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  child.unref()
  return {
    guard: (pid) => void child.stdin.write(`${pid}\n`),
    dismiss: () => void child.kill('SIGKILL'),
  }
}

/** Adds the app as this person would in a browser: install link, Zoom's consent, callback, deeplink. */
export async function installAs(serverUrl: string, zoomUserId: string): Promise<void> {
  const cookies = new Map<string, string>()
  let url = `${serverUrl}/oauth/install`
  for (let step = 0; step < 10; step += 1) {
    const own = [...cookies].map(([name, value]) => `${name}=${value}`)
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...own, signedInCookie(zoomUserId)].join('; ') },
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    if (answer.status >= 300 && answer.status < 400 && location !== null) {
      url = new URL(location, url).href
      continue
    }
    if (answer.ok && new URL(url).pathname === '/launch/app') return
    throw new Error(
      `Installing stopped at ${url} with ${answer.status}: ${(await answer.text()).slice(0, 500)}`,
    )
  }
  throw new Error(`Installing at ${serverUrl} goes round in circles`)
}

/** The wanted port, or any free one for 0. */
export function freePort(wanted: number): Promise<number> {
  if (wanted !== 0) return Promise.resolve(wanted)
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
