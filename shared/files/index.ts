/**
 * Files people hand on and hand in, as pure functions that run on the server and in the browser: which rows, in which order,
 * and the rule that keeps a spreadsheet from running what a participant typed. Start with `neutralise.ts`.
 */
export * from './neutralise.ts'
export * from './select.ts'
