import { useId } from 'preact/hooks'
import styles from './Segmented.module.css'

interface SegmentedProps<Value extends string> {
  label: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
  hint?: string
  disabled?: boolean
}

/** One of a few: real radio buttons side by side, their question before them. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  hint,
  disabled = false,
}: SegmentedProps<Value>) {
  const name = useId()
  return (
    <fieldset class={styles.option}>
      <legend class={styles.label}>{label}</legend>
      <span class={styles.label} aria-hidden="true">
        {label}
      </span>
      <div
        class={`${styles.choices} ${options.length > 3 ? styles.many : options.length > 2 ? styles.some : ''}`}
      >
        {options.map((option) => (
          <label key={option.value} class={styles.choice}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={disabled}
              onChange={() => {
                onChange(option.value)
              }}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {hint === undefined ? null : <p class={styles.hint}>{hint}</p>}
    </fieldset>
  )
}
