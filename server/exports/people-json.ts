import type { AnswerParts } from '../../shared/people/index.ts'

const BATCH = 500

/**
 * The answer as JSON, one line a person, so that a long list streams and two answers can be compared line by line. The summary
 * comes last: it is counted while the people pass by, and a million of them need not be gone through twice.
 */
export function* peopleJson(answer: AnswerParts): Generator<string> {
  const list = (items: readonly unknown[]): string =>
    items.length === 0 ? '[]' : `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`
  yield `{\n"meetings": ${list(answer.meetings)},\n"people": [`
  let lines: string[] = []
  let separator = '\n'
  for (const person of answer.people()) {
    lines.push(JSON.stringify(person))
    if (lines.length < BATCH) continue
    yield separator + lines.join(',\n')
    separator = ',\n'
    lines = []
  }
  if (lines.length > 0) yield separator + lines.join(',\n')
  yield `\n],\n"warnings": ${list(answer.warnings)},\n"summary": ${JSON.stringify(answer.summary())}\n}\n`
}
