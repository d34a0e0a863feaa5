import form from '../form.module.css'
import shared from '../shared.module.css'
import type { Rule } from '../../models/policy.ts'
import { usePolicyWords, type RulesProps } from './usePolicy.ts'
import styles from './PolicySheet.module.css'

interface OriginProps extends RulesProps {
  rule: Rule
  /** What the rule is called, for the button that gives it up. */
  name: string
}

/** Where a rule comes from; one set here can be given up for that of the scope above. */
export function Origin({ model, fixed, rule, name }: OriginProps) {
  const said = usePolicyWords()
  const { own, source } = model.standing(rule)
  // What nobody ever set needs no explanation.
  if (!own && source === 'default') return null
  if (!own) return <p class={`${form.hint} ${styles.origin}`}>{said.asAbove(said.inherited[source])}</p>
  return (
    <p class={`${form.hint} ${styles.origin}`}>
      {said.setHere}{' '}
      {fixed ? null : (
        <button
          type="button"
          class={shared.link}
          aria-label={said.inheritAgainSaid(name)}
          onClick={() => {
            model.inherit(rule)
          }}
        >
          {said.inheritAgain}
        </button>
      )}
    </p>
  )
}
