import { useId } from 'preact/hooks'
import form from '../form.module.css'
import styles from './PolicySheet.module.css'

interface NumberFieldProps {
  label: string
  unit: string
  value: number
  most: number
  step?: number
  disabled: boolean
  onChange: (value: number) => void
}

/** A number from 0 up, its name before and its unit behind it. What is no such number is put back. */
export function NumberField({ label, unit, value, most, step = 1, disabled, onChange }: NumberFieldProps) {
  const id = useId()
  return (
    <div class={styles.number}>
      <label for={id}>{label}</label>
      <span>
        <input
          id={id}
          type="number"
          class={form.select}
          inputMode="decimal"
          min={0}
          max={most}
          step={step}
          value={value}
          disabled={disabled}
          onChange={({ currentTarget }) => {
            const next = currentTarget.valueAsNumber
            if (Number.isFinite(next) && next >= 0 && next <= most)
              onChange(step === 1 ? Math.round(next) : Math.round(next * 10) / 10)
            else currentTarget.value = String(value)
          }}
        />{' '}
        {unit}
      </span>
    </div>
  )
}
