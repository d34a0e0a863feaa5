import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { LoadOrder, LoadReport } from './load.ts'
import type { RefresherOrder } from './refresh.bench.ts'

/** Runs one of our programs beside us; it ends when we do. */
function run(program: string, env: Record<string, string> = {}): ChildProcess {
  return fork(fileURLToPath(new URL(program, import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...env },
    serialization: 'advanced',
  })
}

function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => {
      reject(new Error('The process ended without an answer.'))
    }
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(message as Message)
    })
  })
}

/** The route ours is compared with, listening. */
export async function startBareRoute(secret: string): Promise<{ port: number; stop(): void }> {
  const child = run('bare-route.ts', { SECRET: secret, NODE_ENV: 'production' })
  return { port: await nextMessage<number>(child), stop: () => void child.kill() }
}

export interface LoadGenerator {
  /** Sends everything and resolves when the last answer is in. One order at a time. */
  send(order: LoadOrder): Promise<LoadReport>
  stop(): void
}

export async function startLoadGenerator(): Promise<LoadGenerator> {
  const child = run('load.ts')
  await nextMessage(child)
  return {
    send(order) {
      const report = nextMessage<LoadReport>(child)
      child.send(order)
      return report
    },
    stop: () => void child.kill(),
  }
}

/** Ready to call Zoom; `go` resolves with how many calls went through. */
export async function startRefresher(
  order: RefresherOrder,
): Promise<{ go(): Promise<number>; stop(): void }> {
  const child = run('refresher.ts', { ORDER: JSON.stringify(order) })
  await nextMessage(child)
  return {
    go() {
      const through = nextMessage<number>(child)
      child.send('go')
      return through
    },
    stop: () => void child.kill(),
  }
}
