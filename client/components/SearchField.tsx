import type { Signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from './Icon.tsx'
import styles from './SearchField.module.css'

interface SearchFieldProps {
  value: Signal<string>
  label: string
  placeholder: string
  clearLabel: string
  /** "/" puts the cursor here from anywhere; one field of a screen at most. */
  shortcut?: boolean
}

/** A field to search in; Escape empties it. */
export function SearchField({ value, label, placeholder, clearLabel, shortcut = false }: SearchFieldProps) {
  const field = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (!shortcut) return
    function onKeyDown(event: KeyboardEvent) {
      const inDialog = document.querySelector('[aria-modal]') !== null
      if (event.key !== '/' || inDialog || event.ctrlKey || event.metaKey || isTyping(event.target)) return
      event.preventDefault()
      field.current?.focus()
      field.current?.select()
    }
    addEventListener('keydown', onKeyDown)
    return () => {
      removeEventListener('keydown', onKeyDown)
    }
  }, [shortcut])

  return (
    <div class={styles.search} role="search" aria-label={label}>
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        class={styles.input}
        aria-label={label}
        aria-keyshortcuts={shortcut ? '/' : undefined}
        placeholder={placeholder}
        value={value.value}
        maxLength={200}
        autoComplete="off"
        spellcheck={false}
        onInput={(event) => {
          value.value = event.currentTarget.value
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value.value === '') return
          // The first press empties the field; only the next one closes what it stands in.
          event.stopPropagation()
          value.value = ''
        }}
      />
      {value.value === '' ? null : (
        <button
          type="button"
          class={styles.clear}
          aria-label={clearLabel}
          onClick={() => {
            value.value = ''
            field.current?.focus()
          }}
        >
          <Icon name="close" size={12} />
        </button>
      )}
    </div>
  )
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}
