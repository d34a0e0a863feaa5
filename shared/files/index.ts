/**
 * Files people hand on and hand in, as pure functions that run on the server and in the browser: which rows, in which order,
 * the rule that keeps a spreadsheet from running what a participant typed, and the reader of everything Zoom's portal
 * exports. What a file says becomes people in `shared/people`. Start with `portal-file.ts` for reading, `neutralise.ts`
 * and `csv-line.ts` for writing.
 */
export * from './answers.ts'
export * from './bytes.ts'
export * from './csv-line.ts'
export * from './date-order.ts'
export * from './dates.ts'
export * from './headers.ts'
export * from './neutralise.ts'
export * from './portal-file.ts'
export { readFile } from './reader.ts'
export * from './records.ts'
export * from './select.ts'
export { surveyFile } from './survey.ts'
export { findSeparator } from './separator.ts'
export * from './shapes.ts'
export { createWarnings, type ToldWarnings } from './told-warnings.ts'
export * from './warnings.ts'
export * from './zones.ts'
