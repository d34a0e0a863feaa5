import { setFlagsFromString } from 'node:v8'
import { answerOf, csvChunks, gather, GatherRefused, type AnswerParts } from '../../shared/people/index.ts'
import { fileRefusalSentence, whereSentence } from '../../shared/words/files.ts'
import { peopleJson, peopleSheet, workbookParts } from '../exports/index.ts'
import { fileSources } from './file-source.ts'
import { openOutput } from './output.ts'
import { peopleUsage, readPeopleOptions, type PeopleOptions } from './people-options.ts'
import { interruptible, tell } from './progress.ts'
import { tellReading } from './reading-progress.ts'
import { WrongUsage } from './wrong-usage.ts'
import { zipped } from './zip.ts'

/**
 * What is kept of a million rows is small; the garbage around it would make up most of the memory, were it let grow as usual:
 * the old of it, and the young, which a list that comes row by row makes at one pace. It costs a tenth of the time and saves a
 * quarter of the memory.
 */
const FRUGAL = '--heap-growing-percent=20 --semi-space-growth-factor=1'

/** What was handed in cannot be understood: the sentences that say what to do, one a line. Exit code 2. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood'
}

/**
 * `rollbook people FILE…`: lists of participants in, people out, as JSON, CSV or XLSX. Warnings go to standard error as lines,
 * and so does the sentence on top of the list, unless it is in the answer on standard output.
 *
 * @throws WrongUsage, NotUnderstood, or Error with a sentence for what the file system refuses
 */
export async function people(words: readonly string[]): Promise<void> {
  const options = readPeopleOptions(words)
  if (options === null) {
    process.stdout.write(peopleUsage)
    return
  }
  setFlagsFromString(FRUGAL)
  const { format, out, zone, files } = options
  if (format === 'xlsx' && out === null && process.stdout.isTTY)
    throw new WrongUsage('A workbook is no text for a terminal. Name a file: --out people.xlsx')
  const sources = await fileSources(files)
  const output = await openOutput(out, files)
  await interruptible(async (signal) => {
    const answer = await read(sources, options, signal)
    for (const { message, file, line } of answer.warnings)
      tell(whereSentence({ file: file ?? '', line: line ?? null }, message, 'en'))
    await output.write(chunksOf(answer, format, zone), signal)
    if (format !== 'json' || out !== null) tell(answer.summary().sentence)
  }).catch((error: unknown) => {
    // Whoever read the output has seen enough.
    if (out === null && (error as NodeJS.ErrnoException | null)?.code === 'EPIPE') return
    throw error
  })
}

async function read(
  sources: Awaited<ReturnType<typeof fileSources>>,
  { zone, dates, base, minShare }: PeopleOptions,
  signal: AbortSignal,
): Promise<AnswerParts> {
  const progress = tellReading()
  try {
    const gathered = await gather(sources, { zone, dates, columns: null }, (file, part) => {
      signal.throwIfAborted()
      return progress.report(file, part)
    })
    return answerOf(gathered, { base, minShare, zone, asker: 'command_line', language: 'en' })
  } catch (error) {
    if (!(error instanceof GatherRefused)) throw error
    const said = error.refusals.map((refusal) =>
      whereSentence(refusal, fileRefusalSentence(refusal, 'command_line', 'en'), 'en'),
    )
    throw new NotUnderstood(said.join('\n'))
  } finally {
    progress.end()
  }
}

function chunksOf(answer: AnswerParts, format: PeopleOptions['format'], zone: string | null) {
  if (format === 'json') return peopleJson(answer)
  if (format === 'csv') return csvChunks(answer.people())
  return zipped(workbookParts(peopleSheet(answer, zone ?? 'UTC', 'en')))
}
