import { signal } from '@preact/signals'
import type { Desk, Flips } from './desk.ts'

const FIRST_PERCENT = 75

type Ask = <Answer>(question: (desk: Desk) => Promise<Answer>) => Promise<Answer | null>

/**
 * The minimum as the slider moves. While it moves everybody is compared with where it last stood still; the comparison stays
 * on screen until it moves again.
 */
export function createMinimumModel(asking: () => Ask, onSettled: () => void) {
  /** Where the slider is. */
  const live = signal(FIRST_PERCENT)
  /** Where it last stood still: what the list and the file go by. */
  const settled = signal(FIRST_PERCENT)
  /** What is compared with. */
  const from = signal(FIRST_PERCENT)
  const flips = signal<(Flips & { from: number; to: number }) | null>(null)
  let isMoving = false
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
    move(percent: number): void {
      if (!isMoving) from.value = settled.value
      isMoving = true
      live.value = percent
      void look()
    },
    settle(percent: number): void {
      if (live.value !== percent) live.value = percent
      isMoving = false
      if (settled.value === percent) return
      settled.value = percent
      void look()
      onSettled()
    },
  }
}
export type MinimumModel = ReturnType<typeof createMinimumModel>
