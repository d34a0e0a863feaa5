/**
 * Work that is due by the clock. Due times are rows of our own in storage; the loop only asks, with the clock it was given,
 * so that a scenario's clock serves as well as the machine's. Several processes may ask at once.
 */
export interface DueWork {
  name: string
  /** Does what is due at `nowMs` (epoch ms), each item in one process only; answers how many items it took. */
  runDue(nowMs: number): Promise<number>
}
