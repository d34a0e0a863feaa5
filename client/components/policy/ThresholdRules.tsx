import shared from '../shared.module.css'
import { NumberField } from './NumberField.tsx'
import { Origin } from './Origin.tsx'
import { usePolicyWords, type RulesProps } from './usePolicy.ts'
import styles from './PolicySheet.module.css'

const DAY_MINUTES = 24 * 60

/** From when somebody is late, left early, or came back. */
export function ThresholdRules({ model, fixed }: RulesProps) {
  const said = usePolicyWords()
  const rules = [
    { rule: 'lateAfterMinutes', label: said.late },
    { rule: 'leftEarlyMinutes', label: said.leftEarly },
    { rule: 'returnedAfterMinutes', label: said.returned },
  ] as const
  return (
    <section>
      <h3 class={shared.caption}>{said.statuses}</h3>
      {rules.map(({ rule, label }) => (
        <div key={rule} class={styles.row}>
          <NumberField
            label={label}
            unit={said.minutes}
            value={model.standing(rule).value}
            most={DAY_MINUTES}
            disabled={fixed}
            onChange={(next) => {
              model.set(rule, next)
            }}
          />
          <Origin model={model} fixed={fixed} rule={rule} name={label} />
        </div>
      ))}
    </section>
  )
}
