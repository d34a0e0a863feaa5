import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { ImportItem } from '../../../shared/wire/index.ts'
import { problemWords } from '../../../shared/words/index.ts'
import { importWords } from '../../../shared/words/imports.ts'
import { usePanel, useWords } from '../../context.ts'
import type { ImportedModel } from '../../models/imported.ts'
import shared from '../shared.module.css'
import styles from './ImportedList.module.css'
import { ShowAll } from './ShowAll.tsx'

const SHOWN = 5

interface ImportedListProps {
  model: ImportedModel
  onClose: () => void
}

/** Files imported earlier: where they went, and the way to take one back. Nothing while there are none. */
export function ImportedList({ model, onClose }: ImportedListProps) {
  const { language } = useWords()
  const said = importWords(language)
  const whole = useSignal(false)
  const items = model.items.value ?? []
  const trouble = model.trouble.value
  const rest = whole.value ? 0 : items.length - SHOWN
  if (items.length === 0 && trouble === null) return null
  return (
    <section class={styles.imported} aria-label={said.imported}>
      <h3 class={shared.caption}>{said.imported}</h3>
      {trouble === null ? null : (
        <p class={styles.trouble} role="alert">
          {problemWords(trouble, language).what}. {problemWords(trouble, language).next}
        </p>
      )}
      <ul class={styles.list}>
        {items.slice(0, whole.value ? items.length : SHOWN).map((item) => (
          <Row key={item.id} item={item} model={model} onClose={onClose} />
        ))}
      </ul>
      {rest > 0 ? <ShowAll label={said.showAll(items.length)} whole={whole} /> : null}
    </section>
  )
}

function Row({ item, model, onClose }: { item: ImportItem; model: ImportedModel; onClose: () => void }) {
  const { navigation } = usePanel()
  const { language, format } = useWords()
  const said = importWords(language)
  const row = useRef<HTMLLIElement>(null)
  const taking = model.taking.value.get(item.id)
  const wasTaking = useRef(taking)
  // The button that was pressed went away: its place in the row has the focus.
  useEffect(() => {
    if (taking !== wasTaking.current) row.current?.querySelector<HTMLElement>('[data-next]')?.focus()
    wasTaking.current = taking
  }, [taking])
  const name = item.name ?? said.unnamedFile
  const atMs = Date.parse(item.importedAt)
  const [gatheringId] = item.gatheringIds
  return (
    <li ref={row} class={styles.row}>
      <div class={styles.what}>
        <bdi class={styles.name}>{name}</bdi>
        <span class={styles.quiet}>
          {format.date(atMs)}, {format.time(atMs)} · {said.rows(item.rows)}
          {item.byViewer ? '' : ` · ${said.bySomebodyElse}`}
          {item.state === 'running' ? ` · ${said.unfinished}` : ''}
        </span>
      </div>
      {taking === 'gone' ? (
        <p class={styles.quiet} role="status" tabIndex={-1} data-next>
          {said.undone}. {said.undoneText}
        </p>
      ) : taking === undefined ? (
        <div class={styles.acts}>
          {gatheringId === undefined ? null : (
            <button
              type="button"
              class={shared.link}
              aria-label={`${said.openMeeting(item.gatheringIds.length)}: ${name}`}
              onClick={() => {
                navigation.openMeeting(gatheringId)
                onClose()
              }}
            >
              {said.openMeeting(item.gatheringIds.length)}
            </button>
          )}
          <button
            type="button"
            class={shared.link}
            aria-label={`${said.undo}: ${name}`}
            data-next
            onClick={() => {
              model.ask(item.id)
            }}
          >
            {said.undo}
          </button>
        </div>
      ) : (
        <div class={styles.asking} role="group" aria-label={said.undoAsk(item.rows)}>
          <p>{said.undoAsk(item.rows)}</p>
          <button
            type="button"
            class={shared.button}
            onClick={() => {
              model.keep(item.id)
            }}
          >
            {said.keep}
          </button>
          <button
            type="button"
            class={`${shared.button} ${shared.main}`}
            aria-disabled={taking === 'working'}
            data-next
            onClick={() => void model.takeBack(item.id)}
          >
            {taking === 'working' ? said.undoing : said.undo}
          </button>
        </div>
      )}
    </li>
  )
}
