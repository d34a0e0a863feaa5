import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FileRefused, refusalCodes, warningCodes } from '../../../shared/files/index.ts'
import { portalFile } from '../../support/portal-files.ts'
import { portalVariants } from '../../support/portal-rows.ts'
import { portalLanguages } from '../../support/portal-words.ts'
import { readPortal, type ReadPortal } from '../../support/read-portal.ts'

const runs = { numRuns: Number(process.env['FUZZ_RUNS'] ?? 150) }
const timeout = 600_000

const anyPortalFile = fc
  .tuple(fc.constantFrom(...portalVariants), fc.constantFrom(...portalLanguages))
  .map(([variant, language]) => portalFile(variant, language))

/** What people, programs and disks do to a file. `where` is a fraction of it. */
const anyDamage = fc.record({
  where: fc.double({ min: 0, max: 1, noNaN: true }),
  how: fc.constantFrom('cut', 'head off', 'line out', 'lines swapped', 'line twice', 'cell out', 'insert'),
  text: fc.oneof(
    fc.constantFrom(
      '"',
      '""',
      '\0',
      '\r',
      '\n',
      ',',
      ';',
      '\t',
      '",',
      '\n\n',
      ',,,,,',
      '--',
      '\ufeff',
      '{',
      '[',
    ),
    fc.string({ maxLength: 20 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
  ),
})

function damage(
  text: string,
  { where, how, text: added }: { where: number; how: string; text: string },
): string {
  const at = Math.floor(where * text.length)
  if (how === 'cut') return text.slice(0, at)
  if (how === 'head off') return text.slice(at)
  if (how === 'insert') return text.slice(0, at) + added + text.slice(at)
  const lines = text.split('\n')
  const line = Math.floor(where * lines.length) % lines.length
  const here = lines[line] ?? ''
  if (how === 'line out') return lines.toSpliced(line, 1).join('\n')
  if (how === 'line twice') return lines.toSpliced(line, 0, here).join('\n')
  if (how === 'lines swapped') return [...lines.slice(line), ...lines.slice(0, line)].join('\n')
  return lines.toSpliced(line, 1, here.replace(/[^,]*,/, '')).join('\n')
}

/** Whatever it was given, a reader answers with rows and warnings of ours, or refuses with a code of ours. */
async function readAnything(name: string, bytes: string | Uint8Array): Promise<ReadPortal | null> {
  let read: ReadPortal
  try {
    read = await readPortal(name, bytes, { dates: 'mdy' })
  } catch (error) {
    expect(error).toBeInstanceOf(FileRefused)
    if (error instanceof FileRefused) expect(refusalCodes).toContain(error.refusal.code)
    return null
  }
  for (const { code, line, value } of [...read.warnings, ...read.survey.warnings]) {
    expect(warningCodes).toContain(code)
    expect(line === null || line >= 1).toBe(true)
    expect((value ?? '').length).toBeLessThanOrEqual(60)
  }
  expect(read.survey.meetings.length).toBe(read.meetings.length)
  for (const { fromMs, toMs, meeting, keys, attended } of read.rows) {
    expect(read.meetings[meeting]).toBeDefined()
    expect((fromMs === null) === (toMs === null)).toBe(true)
    if (fromMs !== null && toMs !== null) expect(toMs).toBeGreaterThanOrEqual(fromMs)
    if (keys.email !== null) expect(keys.email).toMatch(/^[^@\s]+@[^@\s]+$/)
    if (!attended) expect(fromMs).toBeNull()
  }
  return read
}

describe('files nobody should hand in', () => {
  it('answers or refuses whatever bytes it is given', { timeout }, async () => {
    const anyBytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ unit: 'binary', maxLength: 400 }).map((text) => new TextEncoder().encode(text)),
      fc
        .array(fc.array(fc.string({ maxLength: 12 }), { maxLength: 8 }), { maxLength: 12 })
        .map((rows) => new TextEncoder().encode(rows.map((cells) => cells.join(',')).join('\n'))),
      fc.json().map((text) => new TextEncoder().encode(text)),
    )
    await fc.assert(
      fc.asyncProperty(anyBytes, async (bytes) => void (await readAnything('file.csv', bytes))),
      runs,
    )
  })

  it('answers or refuses whatever was done to a portal file', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(
        anyPortalFile,
        fc.array(anyDamage, { minLength: 1, maxLength: 6 }),
        async (file, damages) => {
          await readAnything(file.name, damages.reduce(damage, file.text))
        },
      ),
      runs,
    )
  })

  it('answers or refuses whatever bytes of a portal file were changed', { timeout }, async () => {
    const anyChange = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }))
    await fc.assert(
      fc.asyncProperty(
        anyPortalFile,
        fc.array(anyChange, { minLength: 1, maxLength: 30 }),
        async (file, changes) => {
          const bytes = file.bytes.slice()
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte
          await readAnything(file.name, bytes)
        },
      ),
      runs,
    )
  })
})

describe('nothing is dropped silently', () => {
  const marked = /marked\d+@mail\.example/g

  it('makes every line with somebody in it a row, or names it in a warning', { timeout }, async () => {
    const separated = portalVariants.filter((variant) => !variant.startsWith('api'))
    const anyLines = fc.record({
      variant: fc.constantFrom(...separated),
      language: fc.constantFrom(...portalLanguages),
      damages: fc.array(anyDamage, { maxLength: 3 }),
    })
    await fc.assert(
      fc.asyncProperty(anyLines, async ({ variant, language, damages }) => {
        let count = 0
        const file = portalFile(variant, language)
        const text = damages
          .filter(({ how, text }) => how !== 'insert' || !/["\0\r\n\ufeff{[]/.test(text))
          .reduce(damage, file.text)
          .replace(/\w[\w.]*@(?:mail|school)\.example/g, () => `marked${count++}@mail.example`)
        const read = await readAnything(file.name, text)
        if (read === null) return
        const lines = text.split('\n')
        const lineOf = new Map(
          lines.flatMap((line, at) => (line.match(marked) ?? []).map((one) => [one, at + 1])),
        )
        const known = new Set(read.rows.map(({ keys }) => keys.email))
        for (const { hostEmail } of read.meetings) known.add(hostEmail)
        const rowLines = new Set(read.rows.map(({ line }) => line))
        const warned = new Set(read.warnings.map(({ line }) => line))
        for (const [one, line] of lineOf)
          expect(
            known.has(one) || warned.has(line) || rowLines.has(line),
            `${one} in line ${line}\n${text}`,
          ).toBe(true)
      }),
      runs,
    )
  })

  it('tells twenty warnings of a kind one by one, and the rest as a number', async () => {
    const header = 'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)'
    const bad = Array.from({ length: 50 }, (_, at) => `Person ${at},no address,yesterday,today,few`)
    const good = 'Anna,anna@mail.example,05/20/2026 06:05:00 PM,05/20/2026 06:55:00 PM,50'
    const { warnings, rows } = await readPortal('a.csv', [header, good, ...bad].join('\n'))
    expect(rows).toHaveLength(1)
    const told = warnings.filter(({ code }) => code === 'record_not_understood')
    expect(told).toHaveLength(21)
    expect(told.at(-1)).toEqual({ code: 'record_not_understood', file: 'a.csv', line: null, count: 30 })
  })
})
