import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import ts from 'typescript'
import { writeCrowd } from '../support/crowd.ts'
import type { Line } from './line.ts'

const formats = ['csv', 'json', 'xlsx'] as const
const SMALL = 100_000
const LARGE = 1_000_000
const MOST_MB = 400

interface Measured {
  seconds: number
  cpuSeconds: number
  /** A million bytes each. */
  peakMb: number
}

/**
 * `rollbook people` as it is shipped, a process for each run, over one meeting's export of 100,000 and of 1,000,000 rows;
 * beside it a process that only parses and writes the same file. Time, peak memory, and growth from the one to the other.
 */
export async function peopleBench(): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-bench-'))
  try {
    const program = buildInto(folder)
    const [peak, pass] = [plainInto(folder, 'peak'), plainInto(folder, 'csv-pass')]
    const lines: Line[] = []
    const cpu = new Map<string, number>()
    for (const rows of [SMALL, LARGE]) {
      const file = join(folder, `${rows}.csv`)
      await writeCrowd(file, rows)
      const plain = await measured(peak, [pass, file, join(folder, 'plain.csv')])
      tell(`plain pass over ${rows} rows`, plain)
      for (const format of formats) {
        const own = await measured(peak, [program, 'people', file, '--out', join(folder, `people.${format}`)])
        tell(`people of ${rows} rows as ${format}`, own)
        lines.push(...linesOf(rows, format, own, plain))
        const before = cpu.get(format)
        if (before !== undefined) lines.push(growthOf(format, own.cpuSeconds, before))
        cpu.set(format, own.cpuSeconds)
      }
    }
    return lines
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const tell = (what: string, { seconds, cpuSeconds, peakMb }: Measured): void => {
  console.log(
    `${what}: ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of CPU, at most ${peakMb.toFixed(0)} MB`,
  )
}

function linesOf(rows: number, format: string, own: Measured, plain: Measured): Line[] {
  const what = `people of ${rows.toLocaleString('en')} rows as ${format}`
  const against = 'csv-parse → csv-stringify'
  const target = { target: `≤ ${MOST_MB} MB`, met: () => own.peakMb <= MOST_MB }
  return [
    { what: `${what}: CPU`, unit: 's', ours: own.cpuSeconds, baseline: plain.cpuSeconds, against },
    { what: `${what}: memory`, unit: 'MB', ours: own.peakMb, baseline: plain.peakMb, against, ...target },
  ]
}

const growthOf = (format: string, large: number, small: number): Line => ({
  ...{
    what: `people as ${format}: growth of CPU with ten times the rows`,
    unit: 's',
    ours: large,
    baseline: small,
  },
  ...{ against: `${SMALL.toLocaleString('en')} rows`, target: '≤ 13', met: (ratio: number) => ratio <= 13 },
})

/** The server's part of the program compiled as for shipping; its path. */
function buildInto(folder: string): string {
  const out = join(folder, 'dist')
  const { status, stdout } = spawnSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', out],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`The program cannot be built:\n${stdout}`)
  copyFileSync('package.json', join(out, 'package.json'))
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  return join(out, 'server/cli/rollbook.js')
}

/** A program of this folder without its types, so that nothing but itself is measured; its path. */
function plainInto(folder: string, name: string): string {
  const source = readFileSync(new URL(`${name}.ts`, import.meta.url), 'utf8')
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 }
  const path = join(folder, `${name}.mjs`)
  writeFileSync(path, ts.transpileModule(source, { compilerOptions: options }).outputText)
  return path
}

function measured(peak: string, words: string[]): Promise<Measured> {
  const startedMs = performance.now()
  const child = spawn(process.execPath, ['--import', peak, ...words], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  const said = { stderr: '', figures: '' }
  child.stdio[2]?.on('data', (text: Buffer) => (said.stderr += text.toString('utf8')))
  child.stdio[3]?.on('data', (text: Buffer) => (said.figures += text.toString('utf8')))
  return new Promise((resolveWith, reject) => {
    child.on('close', (code) => {
      if (code !== 0) {
        reject(new Error(`${words.join(' ')} ended with ${String(code)}:\n${said.stderr}`))
        return
      }
      const { maxRSS, cpu } = JSON.parse(said.figures) as { maxRSS: number; cpu: number }
      const seconds = (performance.now() - startedMs) / 1000
      resolveWith({ seconds, cpuSeconds: cpu / 1e6, peakMb: (maxRSS * 1024) / 1e6 })
    })
  })
}
