/** The command was called in a way it does not know; `rollbook.ts` answers with the usage and exit code 64. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage'
}
