// Builds the panel (vite → dist/client) and the server (tsc → dist/server, dist/shared).
import { spawnSync } from 'node:child_process'
import { chmodSync, rmSync } from 'node:fs'

for (const part of ['server', 'shared']) rmSync(`dist/${part}`, { recursive: true, force: true })
for (const args of [
  ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'],
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
]) {
  const { status, error } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}
// npm makes a command executable when it is installed, not when it is built again.
chmodSync('dist/server/cli/rollbook.js', 0o755)
