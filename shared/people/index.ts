/**
 * From files to people: every file read (`shared/files`), every row attended to (`shared/attendance`), and the answer in one
 * shape for the command line and the browser page. It knows no disk and no screen. Start with `answer.ts`, the shape, then
 * `gather.ts`, which brings files and rules together, and `answer-of.ts`, which tells the people one by one.
 */
export type * from './answer.ts'
export { answerOf, type AnswerChoices, type AnswerParts } from './answer-of.ts'
export { basesOf, type BaseChoice, type Bases } from './bases.ts'
export { csvChunks } from './cells.ts'
export { baseSaid, createCounter } from './count.ts'
export { gather, GatherRefused, type Gathered, type GatheredMeeting, type GatherProgress } from './gather.ts'
export { isOdd, spanOfMeeting, widened } from './odd-rows.ts'
export { statusesOf } from './person-of.ts'
export { createPolicyRules, type ClockPolicy, type PolicyRules } from './policy.ts'
