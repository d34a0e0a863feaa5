import { useEffect, useRef } from 'preact/hooks'
import { useSignal } from '@preact/signals'
import { Notice } from '../components/Notice.tsx'
import shared from '../components/shared.module.css'
import { filesIn, filesOnClipboard, MOST_FILES } from '../reading/hands.ts'
import { useDrop, useDropWords } from './context.ts'
import { DropArea } from './DropArea.tsx'
import { focusOnField } from './field.ts'
import { FileList } from './FileList.tsx'
import { MOST_BYTES } from './model.ts'
import { Questions } from './Questions.tsx'
import { Result } from './Result.tsx'
import styles from './Drop.module.css'

/** The part of the home page that reads files: drop, answer what they leave open, and see who was there. */
export function Drop() {
  const { files, work, result, question, notice } = useDrop()
  const dropping = useHands()
  const said = useDropWords()
  const isEmpty = files.value.length === 0
  const all = result.value
  return (
    <section class={styles.drop} aria-label={said.area.label} aria-busy={work.value === 'reading'}>
      {isEmpty ? <DropArea dropping={dropping} /> : <FileList dropping={dropping} />}
      {notice.value === null ? null : (
        <div class={styles.notice}>
          <NoticeOf />
        </div>
      )}
      {question.value === null ? null : <Questions question={question.value} />}
      {work.value === 'failed' ? <Failed /> : null}
      {all === null || question.value !== null ? null : <Result result={all} />}
      <p class={shared.hidden} role="status">
        <Heard />
      </p>
      {dropping ? <div class={styles.over} aria-hidden="true" /> : null}
    </section>
  )
}

/** What a screen reader hears of what goes on. */
function Heard() {
  const { work, result, question } = useDrop()
  const said = useDropWords()
  if (work.value === 'looking' || work.value === 'reading') return <>{said.files.reading}</>
  if (question.value !== null)
    return <>{question.value.ask === 'order' ? said.asks.orderTitle : said.asks.columnsTitle}</>
  if (result.value === null || work.value !== 'idle') return null
  const { counts, warnings, moreWarnings } = result.value.overview
  const notes = warnings.length + result.value.measured.warnings.length + moreWarnings
  return (
    <>
      {said.result.read(counts.people)} {notes > 0 ? `${said.warnings.title(notes)}.` : ''}
    </>
  )
}

/** Files dropped or pasted anywhere on the page are taken; a browser would leave the page for dropped ones otherwise. */
function useHands(): boolean {
  const { add } = useDrop()
  const { pasted } = useDropWords().area
  const dropping = useSignal(false)
  const pastes = useRef(0)
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true
    function onDragOver(event: DragEvent) {
      if (!hasFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
      dropping.value = true
    }
    function onDragLeave(event: DragEvent) {
      if (event.relatedTarget === null) dropping.value = false
    }
    function onDrop(event: DragEvent) {
      if (!hasFiles(event) || event.dataTransfer === null) return
      event.preventDefault()
      dropping.value = false
      void filesIn(event.dataTransfer).then(add)
    }
    function onPaste({ clipboardData, target }: ClipboardEvent) {
      if (clipboardData === null || isTyping(target)) return
      const files = filesOnClipboard(clipboardData, pasted(pastes.current + 1))
      if (files.length === 0) return
      pastes.current++
      add(files)
    }
    addEventListener('dragover', onDragOver)
    addEventListener('dragleave', onDragLeave)
    addEventListener('drop', onDrop)
    addEventListener('paste', onPaste)
    return () => {
      removeEventListener('dragover', onDragOver)
      removeEventListener('dragleave', onDragLeave)
      removeEventListener('drop', onDrop)
      removeEventListener('paste', onPaste)
    }
  }, [add, dropping, pasted])
  return dropping.value
}

/** What is pasted into a field is meant for the field. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && target.type !== 'file' && target.type !== 'range'

function NoticeOf() {
  const { notice, putBack } = useDrop()
  const said = useDropWords()
  const { value } = notice
  if (value === null) return null
  const megabytes = (bytes: number): string => said.megabytes(Math.ceil(bytes / 1_000_000))
  switch (value.notice) {
    case 'removed':
      return (
        <Notice tone="plain" icon="info" title={said.files.removed(value.name)}>
          <button
            type="button"
            class={shared.button}
            onClick={() => {
              putBack()
              focusOnField()
            }}
          >
            {said.files.putBack}
          </button>
        </Notice>
      )
    case 'twice':
      return <Notice tone="plain" icon="info" title={said.files.twice(value.name)} />
    case 'no_files':
      return <Notice tone="late" icon="warning" title={said.failed.noFiles} />
    case 'too_many':
      return <Notice tone="late" icon="warning" title={said.failed.tooMany(MOST_FILES)} />
    case 'too_large': {
      const sizes = [megabytes(value.bytes), megabytes(MOST_BYTES)] as const
      return <Notice tone="late" icon="warning" title={said.failed.tooLarge(...sizes)} />
    }
  }
}

function Failed() {
  const { again } = useDrop()
  const said = useDropWords().failed
  return (
    <div class={styles.notice}>
      <Notice tone="alarm" icon="warning" title={said.title} text={`${said.text} ${said.next}`}>
        <button type="button" class={shared.button} onClick={again}>
          {said.again}
        </button>
      </Notice>
    </div>
  )
}
