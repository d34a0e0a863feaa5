import type { Signal } from '@preact/signals'
import shared from '../shared.module.css'

/** Below the first of many: the rest comes in its place. */
export function ShowAll({ label, whole }: { label: string; whole: Signal<boolean> }) {
  return (
    <button
      type="button"
      class={shared.link}
      onClick={() => {
        whole.value = true
      }}
    >
      {label}
    </button>
  )
}
