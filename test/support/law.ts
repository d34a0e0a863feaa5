import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sameData } from '../../shared/attendance/compare.ts'
import type { Fact, ImportRow } from '../../shared/attendance/index.ts'
import { fewDevices, intents, type Intent } from './correction-stories.ts'
import { anyImportedFacts, lessonWithFile, oneFile } from './imported-stories.ts'
import { keyedDevices, renamedDevices } from './ladder-stories.ts'
import { anyReportedFacts, badlyReportedLesson } from './reported-stories.ts'
import { anyFacts, badlyToldLesson, storyText } from './stories.ts'

const USUAL_RUNS = 1_000

/** Stories with files only. */
const importedStories = fc.oneof(anyImportedFacts, lessonWithFile)
/** Stories of every kind, with official lists and with files among them. */
const allStories = fc.oneof(anyFacts, badlyToldLesson, anyReportedFacts, badlyReportedLesson, importedStories)
/** Stories with official lists only. */
const reportedStories = fc.oneof(anyReportedFacts, badlyReportedLesson)

type Law<One extends Fact = Fact> = (facts: One[], random: (below: number) => number) => void

/**
 * Runs a law over stories; a failing one ends with the shrunken story as a file for `npm run replay`, and with the settings
 * that find it again: `LAW_RUNS`, how many stories are told, and `LAW_SEED`, which ones.
 */
export const law = (title: string, holds: Law): void => check(title, holds, allStories)

/** The same over stories with official lists only. */
export const reportLaw = (title: string, holds: Law): void => check(title, holds, reportedStories)

/** The same over stories in which files are imported. */
export const importLaw = (title: string, holds: Law): void => check(title, holds, importedStories)

/** The same over the rows of one file, and nothing else. */
export const fileLaw = (title: string, holds: Law<ImportRow>): void => check(title, holds, oneFile)

/** The same over stories in which devices go by several names and keys contradict, and over all others. */
export const ladderLaw = (title: string, holds: Law): void => check(title, holds, ladderStories)
const ladderStories = fc.oneof(
  { weight: 2, arbitrary: fc.oneof(keyedDevices, renamedDevices) },
  { weight: 1, arbitrary: allStories },
)

/** The same, cheaper, over stories with what a host wants to correct in them. */
export const correctionLaw = (
  title: string,
  holds: (facts: Fact[], wanted: Intent[], random: (below: number) => number) => void,
): void =>
  run(title, fc.record({ facts: correctedStories, wanted: intents }), {
    holds: ({ facts, wanted }, random) => holds(facts, wanted, random),
    factsOf: ({ facts }) => facts,
  })
const correctedStories = fc.oneof(
  { weight: 4, arbitrary: fewDevices },
  { weight: 1, arbitrary: fc.oneof(anyFacts, badlyToldLesson, oneFile) },
)

const check = <One extends Fact>(title: string, holds: Law<One>, stories: fc.Arbitrary<One[]>): void =>
  run(title, stories, { holds, factsOf: (facts) => facts })

interface Told<Story> {
  holds: (story: Story, random: (below: number) => number) => void
  factsOf: (story: Story) => readonly Fact[]
}

function run<Story>(title: string, stories: fc.Arbitrary<Story>, { holds, factsOf }: Told<Story>): void {
  // Laws take seconds; a crowded machine must not turn that into a failure.
  it(title, { timeout: 600_000 }, () => {
    const property = fc.property(stories, fc.nat(), (story, seed) => holds(story, randomFrom(seed)))
    const { LAW_RUNS: runs, LAW_SEED: seed } = process.env
    const outcome = fc.check(property, {
      numRuns: Number(runs ?? USUAL_RUNS),
      ...(seed === undefined ? {} : { seed: Number(seed) }),
    })
    if (!outcome.failed) return
    const story = outcome.counterexample?.[0]
    const again = `Again: LAW_RUNS=${outcome.numRuns} LAW_SEED=${outcome.seed}`
    throw new Error(
      `${String(outcome.errorInstance)}\n${again}\nReplay this story:\n${storyText(story ? factsOf(story) : [], title)}`,
    )
  })
}

/** Small numbers from a seed: mulberry32. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** The same items in another order. */
export function shuffled<T>(items: readonly T[], random: (below: number) => number): T[] {
  const rest = [...items]
  return items.map(() => rest.splice(random(rest.length), 1)).flat()
}

/** Like `expect(actual).toEqual(expected)` for plain data, ten times as fast where they are equal. */
export function expectSame(actual: unknown, expected: unknown): void {
  if (!sameData(actual, expected)) expect(actual).toEqual(expected)
}
