/**
 * Files that were handed in: read again with the same pure code as in the browser (`read-upload.ts`), matched to meetings by
 * number and time (`match.ts`), told as evidence of witness `import` (`import-file.ts`), and brought together with meetings
 * that appear later (`adopt.ts`). Layouts and languages live in shared/files, people in shared/attendance. Start with
 * `import-file.ts`.
 */
export * from './adopt.ts'
export * from './import-file.ts'
export * from './match.ts'
export type * from './ports.ts'
export { createReader, type Reading } from './read-upload.ts'
