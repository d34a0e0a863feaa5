import form from './form.module.css'
import styles from './TimeWindow.module.css'

interface TimeWindowProps {
  /** Times of day as a field of time writes them; '' for none. */
  value: { from: string; to: string }
  words: { from: string; to: string }
  hint?: string
  disabled?: boolean
  onChange: (change: { from?: string; to?: string }) => void
}

/** From one time of the clock to another. */
export function TimeWindow({ value, words, hint, disabled = false, onChange }: TimeWindowProps) {
  return (
    <div class={styles.window}>
      {(['from', 'to'] as const).map((end) => (
        <label key={end} class={styles.field}>
          {words[end]}
          <input
            type="time"
            class={form.select}
            required
            disabled={disabled}
            value={value[end]}
            onChange={({ currentTarget }) => {
              onChange({ [end]: currentTarget.value })
            }}
          />
        </label>
      ))}
      {hint === undefined ? null : <p class={styles.hint}>{hint}</p>}
    </div>
  )
}
