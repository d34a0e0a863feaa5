import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { minimumWords } from '../../../shared/words/minimum.ts'
import { usePanel, useWords } from '../../context.ts'
import { createWhatIf } from '../../models/what-if.ts'
import form from '../form.module.css'
import { MinimumSlider } from '../MinimumSlider.tsx'
import shared from '../shared.module.css'
import { NumberField } from './NumberField.tsx'
import { Origin } from './Origin.tsx'
import { usePolicyWords, type RulesProps } from './usePolicy.ts'
import styles from './PolicySheet.module.css'

/** The least share with which somebody passes. */
export function MinimumRule({ model, fixed }: RulesProps) {
  const said = usePolicyWords()
  return (
    <div class={styles.row}>
      <NumberField
        label={said.minimumField}
        unit="%"
        value={model.standing('minPercent').value}
        most={100}
        step={0.1}
        disabled={fixed}
        onChange={(next) => {
          model.set('minPercent', next)
        }}
      />
      <Origin model={model} fixed={fixed} rule="minPercent" name={said.minimum} />
    </div>
  )
}

/** What another minimum would change. Only the button under the slider, and saving, make it so. */
export function WhatIfCard({ model, fixed }: RulesProps) {
  const { roster } = usePanel()
  const { percent } = minimumWords(useWords().language)
  const said = usePolicyWords()
  const head = roster.head.value
  const base = head?.base ?? null
  const minimum = head?.minPercent ?? 0
  const revision = roster.revision.value
  const live = useSignal(Math.round(minimum))
  /** What the list goes by is compared with, until the slider stood still somewhere else. */
  const held = useSignal(minimum)
  const settled = useSignal(minimum)
  const ask = useMemo(
    () =>
      base === null
        ? null
        : createWhatIf(
            roster.table.select('all', '').map(({ row }) => row),
            base,
          ),
    [roster, revision, base],
  )
  if (ask === null) return <p class={form.hint}>{said.notOver}</p>
  const answer = ask(held.value, live.value)
  return (
    <div class={styles.card}>
      <MinimumSlider
        percent={live.value}
        passing={answer.passing}
        known={answer.known}
        unknown={answer.unknown}
        moved={{ ...answer, from: held.value, to: live.value }}
        onHold={() => {
          held.value = settled.value
        }}
        onMove={(to) => {
          live.value = to
        }}
        onSettle={(to) => {
          live.value = to
          settled.value = to
        }}
      />
      {fixed || model.standing('minPercent').value === live.value ? null : (
        <button
          type="button"
          class={`${shared.button} ${form.small} ${styles.add}`}
          onClick={() => {
            model.set('minPercent', live.value)
          }}
        >
          {said.takeMinimum(percent(live.value))}
        </button>
      )}
    </div>
  )
}
