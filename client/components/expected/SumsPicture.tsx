import type { ExpectedCounts } from '../../../shared/words/expected.ts'
import styles from './ExpectedSums.module.css'

/** Both sums as one bar: who came and did not register, who did both, who registered and did not come. */
export function SumsPicture({ sums, label }: { sums: ExpectedCounts; label: string }) {
  const { walkIns, registered, waitedOnly, absent } = sums
  const parts = [
    { sign: 'guests', count: walkIns },
    { sign: 'both', count: registered },
    { sign: 'list', count: waitedOnly + absent },
  ].filter(({ count }) => count > 0)
  if (parts.length === 0) return null
  return (
    <span class={styles.picture} role="img" aria-label={label}>
      {parts.map(({ sign, count }) => (
        <i key={sign} class={styles[sign]} style={{ flexGrow: count }} />
      ))}
    </span>
  )
}
