import { describe, expect, it } from 'vitest'
import { createPace, REQUESTS_A_SECOND } from '../../../server/reports/pace.ts'

describe('requests to Zoom', () => {
  it('stay below what Zoom allows the smallest paid plan', () => {
    expect(REQUESTS_A_SECOND).toBeLessThan(20)
  })

  it('of one installation go one after the other, in the order they were wanted; others need not wait', async () => {
    const pace = createPace(50)
    const order: string[] = []
    const ask = async (who: string, name: string) => {
      await pace(who)
      order.push(name)
    }
    await Promise.all([ask('a', 'a1'), ask('a', 'a2'), ask('a', 'a3'), ask('b', 'b1')])
    expect(order).toEqual(['a1', 'b1', 'a2', 'a3'])
  })
})
