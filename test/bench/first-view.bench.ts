import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Line } from './line.ts'

const PROMISED_KB = 60

/** Script the panel loads before it can show anything: the page's own, and whatever that imports statically. */
export function firstViewBench(): Line[] {
  const client = (file: string): Buffer =>
    readFileSync(fileURLToPath(new URL(`../../dist/client/${file}`, import.meta.url)))
  const manifest = JSON.parse(client('.vite/manifest.json').toString()) as Record<
    string,
    { file: string; imports?: string[] }
  >
  const seen = new Set<string>()
  const visit = (key: string): void => {
    const chunk = manifest[key]
    if (chunk === undefined || seen.has(chunk.file)) return
    seen.add(chunk.file)
    chunk.imports?.forEach(visit)
  }
  visit('panel.html')
  const scripts = [...seen].filter((file) => file.endsWith('.js'))
  if (scripts.length === 0) throw new Error('The panel’s page names no script. Build it: npm run build')
  const bytes = scripts.map((file) => gzipSync(client(file), { level: 9 }).length)
  return [
    {
      what: `first view of the panel, gzipped script (${scripts.length} files)`,
      unit: 'kB',
      ours: bytes.reduce((sum, one) => sum + one, 0) / 1000,
      baseline: PROMISED_KB,
      against: 'the promise',
      target: '≤ 1',
      met: (ratio) => ratio <= 1,
    },
  ]
}
