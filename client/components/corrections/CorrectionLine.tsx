import type { CorrectionItem } from '../../../shared/wire/index.ts'
import { useWords } from '../../context.ts'
import form from '../form.module.css'
import shared from '../shared.module.css'
import { useCorrecting, useCorrectionWords } from './useCorrecting.ts'
import styles from './Card.module.css'

/** One correction: what was said, when and by whom, and the way back. `about` is told where several people stand together. */
export function CorrectionLine({ item, tellsAbout }: { item: CorrectionItem; tellsAbout: boolean }) {
  const correcting = useCorrecting()
  const { words, format } = useWords()
  const said = useCorrectionWords()
  const { seq, act, at, own, undone, idle, about } = item
  const what = said.said(act)
  const whom = about === null ? said.history.nobody : about.trim() || words.row.nameless
  const atMs = Date.parse(at)
  return (
    <li class={styles.correction}>
      <div class={styles.grow}>
        <p class={undone ? styles.undone : ''}>
          {tellsAbout ? (
            <>
              <bdi class={styles.strong}>{whom}</bdi>
              {' · '}
            </>
          ) : null}
          <bdi>{what}</bdi>
        </p>
        <p class={styles.quiet}>
          {format.day(atMs)}, {format.time(atMs)} · {own ? said.history.own : said.history.other}
          {undone ? ` · ${said.history.undone}` : ''}
        </p>
        {idle && !undone ? <p class={styles.quiet}>{said.history.idle}</p> : null}
      </div>
      {correcting.mayManage.value ? (
        <button
          type="button"
          class={`${shared.button} ${form.small}`}
          aria-label={undone ? said.redoSaid(what) : said.undoSaid(what)}
          aria-disabled={correcting.working.value}
          onClick={() => void correcting.turn(seq, undone ? 'redo' : 'undo')}
        >
          {undone ? said.redo : said.undo}
        </button>
      ) : null}
    </li>
  )
}
