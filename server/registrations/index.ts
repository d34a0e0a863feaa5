/**
 * Who registered for meetings and webinars: Zoom's lists, read when somebody registers, when a meeting begins and after it ends
 * (`work.ts`), for definitions vanish and so do those who cancel. What Zoom's messages tell meanwhile comes through `ingest`.
 * Who of them came is `shared/attendance/expected`'s; what is kept is storage's, behind `ports.ts`.
 */
export type * from './ports.ts'
export { createRegistrationWork } from './work.ts'
