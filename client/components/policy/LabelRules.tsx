import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { LabelRule } from '../../../shared/wire/index.ts'
import { conditionText } from '../../../shared/words/policy-sheet.ts'
import { useWords } from '../../context.ts'
import shared from '../shared.module.css'
import form from '../form.module.css'
import { LabelForm } from './LabelForm.tsx'
import { Origin } from './Origin.tsx'
import { usePolicyWords, type RulesProps } from './usePolicy.ts'
import styles from './PolicySheet.module.css'

const MOST_LABELS = 30
const fresh: LabelRule = { name: '', when: [{ kind: 'share_at_least', percent: 75 }] }

/** Labels that rules give: each with its conditions in words; one is changed at a time. */
export function LabelRules({ model, fixed }: RulesProps) {
  const { language } = useWords()
  const said = usePolicyWords()
  const rules = model.standing('labels').value
  /** Which rule is being changed; as many as there are: a new one. */
  const editing = useSignal<number | null>(null)
  const section = useRef<HTMLElement>(null)
  const put = (next: LabelRule[]) => {
    model.set('labels', next)
  }
  const leave = () => {
    editing.value = null
    toAdding()
  }
  const toAdding = () => {
    section.current?.querySelector<HTMLElement>('[data-add]')?.focus()
  }
  // The form went away with the focus, and the button that opens another has just come back.
  const isOpen = editing.value !== null
  const wasOpen = useRef(false)
  useLayoutEffect(() => {
    if (wasOpen.current && !isOpen) toAdding()
    wasOpen.current = isOpen
  }, [isOpen])
  return (
    <section ref={section}>
      <h3 class={shared.caption}>{said.labels}</h3>
      <p class={form.hint}>{said.labelsSaid}</p>
      {rules.length === 0 && !isOpen ? <p class={form.hint}>{said.noLabels}</p> : null}
      <ul class={styles.list}>
        {rules.map((rule, index) => (
          <li key={index} class={styles.rule}>
            {editing.value === index ? (
              <LabelForm
                rule={rule}
                onTake={(next) => {
                  put(rules.map((one, at) => (at === index ? next : one)))
                  leave()
                }}
                onCancel={leave}
              />
            ) : (
              <>
                <p class={styles.grow}>
                  <bdi class={styles.strong}>{rule.name}</bdi>
                  <span class={styles.conditions}>
                    {rule.when.map((one) => conditionText(one, language)).join(said.and)}
                  </span>
                </p>
                {fixed ? null : (
                  <p class={styles.ways}>
                    <button
                      type="button"
                      class={shared.link}
                      aria-label={said.editLabel(rule.name)}
                      onClick={() => {
                        editing.value = index
                      }}
                    >
                      {said.edit}
                    </button>
                    <button
                      type="button"
                      class={shared.link}
                      aria-label={said.removeLabel(rule.name)}
                      onClick={() => {
                        put(rules.filter((_one, at) => at !== index))
                        leave()
                      }}
                    >
                      {said.remove}
                    </button>
                  </p>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
      {editing.value === rules.length ? (
        <LabelForm
          rule={fresh}
          onTake={(next) => {
            put([...rules, next])
            leave()
          }}
          onCancel={leave}
        />
      ) : null}
      {fixed || isOpen || rules.length >= MOST_LABELS ? null : (
        <button
          type="button"
          data-add
          class={`${shared.button} ${form.small} ${styles.add}`}
          onClick={() => {
            editing.value = rules.length
          }}
        >
          {said.addLabel}
        </button>
      )}
      <Origin model={model} fixed={fixed} rule="labels" name={said.labels} />
    </section>
  )
}
