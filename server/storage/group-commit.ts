/** More waiting than this, and the next one is told to come again later: memory is finite, Zoom retries. */
const MOST_WAITING = 20_000
/** One transaction writes this many at most; its parameters stay small and nobody waits long for the others. */
const MOST_TOGETHER = 1_000
/** While one commit is on its way to the disk, the next is being prepared. */
const COMMITS_AT_ONCE = 2

/** Too many are waiting; nothing was stored. */
export class GroupFull extends Error {
  override readonly name = 'GroupFull'
  readonly code = 'inbox_full'
}

/**
 * Lets everybody waiting at this moment share one commit: a disk makes some hundred commits a second, and each may
 * carry a thousand items. `commit` answers in the order it was given; when it throws, everybody of that group is told.
 */
export function groupCommit<Item, Answer>(
  commit: (items: Item[]) => Promise<Answer[]>,
): (item: Item) => Promise<Answer> {
  let waiting: { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void }[] = []
  let running = 0
  let scheduled = false

  function schedule(): void {
    if (scheduled || running >= COMMITS_AT_ONCE || waiting.length === 0) return
    scheduled = true
    // After this turn of the event loop, so that everything that arrived with it goes along.
    setImmediate(() => {
      scheduled = false
      const group = waiting.slice(0, MOST_TOGETHER)
      waiting = waiting.slice(MOST_TOGETHER)
      running++
      void finish(group).finally(() => {
        running--
        schedule()
      })
      schedule()
    })
  }

  async function finish(group: typeof waiting): Promise<void> {
    try {
      const answers = await commit(group.map(({ item }) => item))
      for (const [index, { resolve }] of group.entries()) resolve(answers[index] as Answer)
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
  }

  return (item) =>
    new Promise<Answer>((resolve, reject) => {
      if (waiting.length >= MOST_WAITING)
        return reject(new GroupFull('Too many deliveries are waiting to be stored.'))
      waiting.push({ item, resolve, reject })
      schedule()
    })
}
