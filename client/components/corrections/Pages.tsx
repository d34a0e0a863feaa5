import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import form from '../form.module.css'
import shared from '../shared.module.css'
import styles from './Card.module.css'

const PAGE = 50

interface PagesProps<Item> {
  items: readonly Item[]
  /** One of them as an item of a list, with a key. */
  line: (item: Item) => ComponentChildren
  back: string
  on: string
}

/** A page of them at a time, so that many are no long page. */
export function Pages<Item>({ items, line, back, on }: PagesProps<Item>) {
  const page = useSignal(0)
  const last = Math.max(0, Math.ceil(items.length / PAGE) - 1)
  const at = Math.min(page.value, last)
  return (
    <>
      <ul class={styles.list}>{items.slice(at * PAGE, (at + 1) * PAGE).map(line)}</ul>
      {last === 0 ? null : (
        <p class={form.buttons}>
          <button
            type="button"
            class={shared.button}
            disabled={at === 0}
            onClick={() => {
              page.value = at - 1
            }}
          >
            {back}
          </button>
          <button
            type="button"
            class={shared.button}
            disabled={at === last}
            onClick={() => {
              page.value = at + 1
            }}
          >
            {on}
          </button>
        </p>
      )}
    </>
  )
}
