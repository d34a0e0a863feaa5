import { useSignal } from '@preact/signals'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import type { LabelCondition, LabelRule } from '../../../shared/wire/index.ts'
import form from '../form.module.css'
import { Icon } from '../Icon.tsx'
import shared from '../shared.module.css'
import { usePolicyWords } from './usePolicy.ts'
import styles from './PolicySheet.module.css'

type Kind = LabelCondition['kind']
type Status = Extract<LabelCondition, { kind: 'status' }>['status']

const MOST_CONDITIONS = 5
const firsts: Record<Kind, LabelCondition> = {
  share_at_least: { kind: 'share_at_least', percent: 75 },
  share_below: { kind: 'share_below', percent: 75 },
  present_at_least: { kind: 'present_at_least', minutes: 30 },
  joined_after: { kind: 'joined_after', clock: '18:15' },
  left_before: { kind: 'left_before', clock: '20:40' },
  stayed_until: { kind: 'stayed_until', clock: '20:40' },
  has_email: { kind: 'has_email' },
  no_email: { kind: 'no_email' },
  email_domain: { kind: 'email_domain', domain: '' },
  status: { kind: 'status', status: 'late' },
}
const kinds = Object.keys(firsts) as Kind[]

interface LabelFormProps {
  rule: LabelRule
  onTake: (rule: LabelRule) => void
  onCancel: () => void
}

/** A label's name and the conditions all of which must hold. */
export function LabelForm({ rule, onTake, onCancel }: LabelFormProps) {
  const said = usePolicyWords()
  const name = useSignal(rule.name)
  const when = useSignal<readonly LabelCondition[]>(rule.when)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  useLayoutEffect(() => {
    field.current?.focus()
    field.current?.form?.scrollIntoView({ block: 'nearest' })
  }, [])
  const isReady =
    name.value.trim() !== '' && when.value.every((one) => one.kind !== 'email_domain' || one.domain !== '')
  const put = (index: number, next: LabelCondition) => {
    when.value = when.value.map((one, at) => (at === index ? next : one))
  }
  return (
    <form
      class={form.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) onTake({ name: name.value.trim(), when: [...when.value] })
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onCancel()
      }}
    >
      <label class={form.label} for={id}>
        {said.labelName}
      </label>
      <input
        ref={field}
        id={id}
        type="text"
        class={form.field}
        value={name.value}
        maxLength={60}
        autoComplete="off"
        onInput={({ currentTarget }) => {
          name.value = currentTarget.value
        }}
      />
      <p class={form.label}>{said.when}</p>
      {when.value.map((condition, index) => (
        <div key={index} class={styles.condition} role="group" aria-label={said.condition(index + 1)}>
          <select
            class={form.select}
            aria-label={said.condition(index + 1)}
            value={condition.kind}
            onChange={({ currentTarget }) => {
              put(index, firsts[currentTarget.value as Kind])
            }}
          >
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {said.conditions[kind]}
              </option>
            ))}
          </select>
          <ConditionValue
            condition={condition}
            onChange={(next) => {
              put(index, next)
            }}
          />
          {when.value.length === 1 ? null : (
            <button
              type="button"
              class={shared.icon}
              aria-label={said.removeCondition(index + 1)}
              onClick={() => {
                when.value = when.value.filter((_one, at) => at !== index)
                field.current?.focus()
              }}
            >
              <Icon name="close" size={14} />
            </button>
          )}
        </div>
      ))}
      <div class={form.buttons}>
        <button type="submit" class={shared.button} disabled={!isReady}>
          {said.takeLabel}
        </button>
        <button type="button" class={shared.button} onClick={onCancel}>
          {said.cancel}
        </button>
        {when.value.length >= MOST_CONDITIONS ? null : (
          <button
            type="button"
            class={shared.button}
            onClick={() => {
              when.value = [...when.value, firsts.no_email]
            }}
          >
            {said.addCondition}
          </button>
        )}
      </div>
    </form>
  )
}

/** What a condition compares with; some compare with nothing. */
function ConditionValue({
  condition,
  onChange,
}: {
  condition: LabelCondition
  onChange: (next: LabelCondition) => void
}) {
  const said = usePolicyWords()
  const number = (
    [label, unit]: [string, string],
    value: number,
    most: number,
    take: (next: number) => LabelCondition,
  ) => (
    <span>
      <input
        type="number"
        class={`${form.select} ${styles.short}`}
        min={0}
        max={most}
        aria-label={label}
        value={value}
        onChange={({ currentTarget }) => {
          const next = currentTarget.valueAsNumber
          if (Number.isFinite(next) && next >= 0 && next <= most) onChange(take(Math.round(next)))
          else currentTarget.value = String(value)
        }}
      />{' '}
      {unit}
    </span>
  )
  switch (condition.kind) {
    case 'share_at_least':
    case 'share_below':
      return number([said.percentOf, '%'], condition.percent, 100, (percent) => ({ ...condition, percent }))
    case 'present_at_least':
      return number([said.minutesOf, said.minutes], condition.minutes, 24 * 60, (minutes) => ({
        ...condition,
        minutes,
      }))
    case 'joined_after':
    case 'left_before':
    case 'stayed_until':
      return (
        <input
          type="time"
          class={`${form.select} ${styles.short}`}
          required
          aria-label={said.timeOf}
          value={condition.clock}
          onChange={({ currentTarget }) => {
            if (/^\d\d:\d\d$/.test(currentTarget.value))
              onChange({ ...condition, clock: currentTarget.value })
          }}
        />
      )
    case 'email_domain':
      return (
        <input
          type="text"
          class={`${form.select} ${styles.short}`}
          placeholder="example.com"
          aria-label={said.domainOf}
          value={condition.domain}
          maxLength={253}
          autoComplete="off"
          spellcheck={false}
          onInput={({ currentTarget }) => {
            onChange({ ...condition, domain: currentTarget.value.trim().replace(/^@/, '').toLowerCase() })
          }}
        />
      )
    case 'status':
      return (
        <select
          class={form.select}
          aria-label={said.statusOf}
          value={condition.status}
          onChange={({ currentTarget }) => {
            onChange({ ...condition, status: currentTarget.value as Status })
          }}
        >
          {(Object.keys(said.ofStatus) as Status[]).map((status) => (
            <option key={status} value={status}>
              {said.ofStatus[status]}
            </option>
          ))}
        </select>
      )
    case 'has_email':
    case 'no_email':
      return null
  }
}
