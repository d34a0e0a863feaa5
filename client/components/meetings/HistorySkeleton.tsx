import styles from './HistorySkeleton.module.css'

/** The shape of the list that comes. */
export function HistorySkeleton() {
  return (
    <div aria-hidden="true">
      {[0, 1, 2, 3, 4, 5, 6].map((row) => (
        <div key={row} class={styles.row}>
          <i class={styles.topic} />
          <i class={styles.people} />
          <i class={styles.when} />
          <i class={styles.report} />
        </div>
      ))}
    </div>
  )
}
