import { signal } from '@preact/signals'
import type { Desk, Flips } from './desk.ts'

const FIRST_PERCENT = 75

type Ask = <Answer>(question: (desk: Desk) => Promise<Answer>) => Promise<Answer | null>

/**
 * The minimum as the slider moves. Everybody is compared with where it stood when it was taken hold of, by a hand or by the
 * keyboard: a run of keys is one move. The comparison stays on screen until it is taken hold of again.
 */
export function createMinimumModel(asking: () => Ask, onSettled: () => void) {
  /** Where the slider is. */
  const live = signal(FIRST_PERCENT)
  /** Where it last stood still: what the list and the file go by. */
  const settled = signal(FIRST_PERCENT)
  /** What is compared with. */
  const from = signal(FIRST_PERCENT)
  const flips = signal<(Flips & { from: number; to: number }) | null>(null)
  let isAsking = false

  /** One question at a time, and after it the latest: a slider asks faster than a long list answers. */
  async function look(): Promise<void> {
    if (isAsking) return
    isAsking = true
    const [asked, to] = [from.value, live.value]
    const answer = await asking()((desk) => desk.flips(asked, to))
    isAsking = false
    if (answer === null) return
    flips.value = { ...answer, from: asked, to }
    if (asked !== from.value || to !== live.value) await look()
  }

  return {
    ...{ live, settled, from, flips, look },
    /** Somebody takes hold of it. */
    hold(): void {
      from.value = settled.value
    },
    startOver(): void {
      live.value = settled.value = from.value = FIRST_PERCENT
      flips.value = null
    },
    move(percent: number): void {
      live.value = percent
      void look()
    },
    settle(percent: number): void {
      if (live.value !== percent) live.value = percent
      if (settled.value === percent) return
      settled.value = percent
      void look()
      onSettled()
    },
  }
}
export type MinimumModel = ReturnType<typeof createMinimumModel>
