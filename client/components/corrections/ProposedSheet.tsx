import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { CorrectionWords } from '../../../shared/words/corrections.ts'
import { usePanel } from '../../context.ts'
import type { ProposingModel } from '../../models/proposing.ts'
import { Face } from '../Face.tsx'
import { Sheet } from '../Sheet.tsx'
import { Unread } from '../Unread.tsx'
import { Pages } from './Pages.tsx'
import { Toast } from './Toast.tsx'
import { Trouble } from './Trouble.tsx'
import { useCorrecting } from './useCorrecting.ts'
import styles from './Card.module.css'

interface ProposedSheetProps<Item> {
  model: ProposingModel<Item>
  said: CorrectionWords['pairs']
  /** One of them as an item of a list, with a key. */
  line: (item: Item) => ComponentChildren
  onClose: () => void
}

/** All that is proposed of one kind, to be answered one after the other; each answer can be taken back. */
export function ProposedSheet<Item>({ model, said, line, onClose }: ProposedSheetProps<Item>) {
  const { roster } = usePanel()
  const correcting = useCorrecting()
  const inside = useRef<HTMLDivElement>(null)
  const gatheringId = roster.head.value?.id ?? null
  const done = correcting.done.value
  const read = model.items.value
  const more = model.more.value
  useEffect(() => {
    if (gatheringId !== null) correcting.openProposals(gatheringId)
  }, [correcting, gatheringId])
  useEffect(() => {
    if (done !== null) void model.refresh()
  }, [model, done])
  // What was answered goes and takes the focus along: the next one has it, or the way back.
  useLayoutEffect(() => {
    if (document.activeElement === document.body)
      inside.current?.querySelector<HTMLElement>('li button, [role=status] button')?.focus()
  }, [read])
  return (
    <Sheet title={said.title} subtitle={said.subtitle} onClose={onClose}>
      <div ref={inside}>
        <Trouble />
        {read.status !== 'ready' ? (
          <Unread read={read} loading={said.loading} onTryAgain={model.refresh} />
        ) : read.answer.length === 0 ? (
          <Face inside icon="people" title={said.empty} text={[said.emptyNext]} />
        ) : (
          <>
            <Pages items={read.answer} line={line} back={said.before} on={said.after} />
            {more > 0 ? <p class={`${styles.quiet} ${styles.more}`}>{said.more(more)}</p> : null}
          </>
        )}
        <div class={styles.stuck}>
          <Toast />
        </div>
      </div>
    </Sheet>
  )
}
