import { useWords } from '../context.ts'
import shared from './shared.module.css'
import styles from './Skeleton.module.css'

/** Loading: the shape of what comes, and one word for those who cannot see it. */
export function Skeleton() {
  const { words } = useWords()
  return (
    <main class={styles.skeleton} aria-busy="true">
      <p class={shared.hidden} role="status">
        {words.live.loading}
      </p>
      <div class={styles.top} aria-hidden="true">
        <i class={styles.short} />
        <i class={styles.large} />
        <i class={styles.line} />
        <i class={styles.field} />
      </div>
      <SkeletonRows />
    </main>
  )
}

function SkeletonRows() {
  return (
    <div aria-hidden="true">
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <div key={row} class={styles.row}>
          <i class={styles.avatar} />
          <div>
            <i class={styles.name} />
            <i class={styles.line} />
            <i class={styles.bar} />
          </div>
        </div>
      ))}
    </div>
  )
}
