/**
 * From files to people: every file read (`shared/files`), every row attended to (`shared/attendance`), and the answer in one
 * shape for the command line and the browser page. It knows no disk and no screen. Start with `answer.ts`, the shape, then
 * `gather.ts`, which brings files and rules together.
 */
export type * from './answer.ts'
