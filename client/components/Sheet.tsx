import type { ComponentChildren, RefObject } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { useWords } from '../context.ts'
import { Icon } from './Icon.tsx'
import shared from './shared.module.css'
import styles from './Sheet.module.css'

interface SheetProps {
  title: string
  subtitle?: string
  onClose: () => void
  children: ComponentChildren
  footer?: ComponentChildren
  /** What scrolls, for a long list inside. */
  body?: RefObject<HTMLDivElement | null>
  /** How high a list inside would like to be; it keeps that height while it is filtered, so that nothing jumps. */
  listPx?: number
}

/** A dialog over the screen: takes the focus, keeps it, closes with Escape, and gives it back to where it was. */
export function Sheet({ title, subtitle, onClose, children, footer, body, listPx = 0 }: SheetProps) {
  const { words } = useWords()
  const box = useRef<HTMLDivElement>(null)
  const titleId = useId()

  // At once, not after the next paint: a key pressed in between would act behind the dialog.
  useLayoutEffect(() => {
    const before = document.activeElement
    box.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])

  // On the document: a button that goes grey while it works drops the focus out of the box, and keys with it.
  useLayoutEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key === 'Escape') onClose()
      else if (event.key === 'Tab' && box.current !== null) keepFocusIn(box.current, event)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [onClose])

  return (
    <div
      class={styles.shade}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div
        ref={box}
        class={styles.sheet}
        role="dialog"
        aria-modal="true"
        aria-labelledby={titleId}
        tabIndex={-1}
      >
        <header class={styles.head}>
          <div class={styles.titles}>
            <h2 id={titleId} class={styles.title}>
              <bdi>{title}</bdi>
            </h2>
            {subtitle === undefined ? null : (
              <p class={styles.subtitle}>
                <bdi>{subtitle}</bdi>
              </p>
            )}
          </div>
          <button type="button" class={shared.icon} aria-label={words.faces.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        {body === undefined ? (
          <div class={styles.body}>{children}</div>
        ) : (
          <div
            ref={body}
            class={`${styles.body} ${styles.list}`}
            style={{ flexBasis: `clamp(280px, ${listPx}px, 70vh)` }}
          >
            {children}
          </div>
        )}
        {footer === undefined ? null : <footer class={styles.footer}>{footer}</footer>}
      </div>
    </div>
  )
}

function keepFocusIn(box: HTMLElement, event: KeyboardEvent): void {
  const stops = [
    ...box.querySelectorAll<HTMLElement>(
      'button:not(:disabled), input, select, textarea, summary, [tabindex="0"]',
    ),
  ]
  const first = stops[0]
  const last = stops[stops.length - 1]
  if (first === undefined || last === undefined) return
  const active = document.activeElement
  if (!box.contains(active)) {
    event.preventDefault()
    first.focus()
  } else if (event.shiftKey && (active === first || active === box)) {
    event.preventDefault()
    last.focus()
  } else if (!event.shiftKey && active === last) {
    event.preventDefault()
    first.focus()
  }
}
