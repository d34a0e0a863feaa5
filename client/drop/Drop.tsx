import { useEffect } from 'preact/hooks'
import { useSignal } from '@preact/signals'
import { Notice } from '../components/Notice.tsx'
import shared from '../components/shared.module.css'
import { useDrop, useDropWords } from './context.ts'
import { DropArea } from './DropArea.tsx'
import { FileList } from './FileList.tsx'
import { MOST_BYTES } from './model.ts'
import { Questions } from './Questions.tsx'
import { Result } from './Result.tsx'
import styles from './Drop.module.css'

/** The part of the home page that reads files: drop, answer what they leave open, and see who was there. */
export function Drop() {
  const { files, work, result, question } = useDrop()
  const dropping = useDropAnywhere()
  const said = useDropWords()
  const isEmpty = files.value.length === 0
  const all = result.value
  return (
    <section class={styles.drop} aria-label={said.area.label} aria-busy={work.value === 'reading'}>
      {isEmpty ? <DropArea dropping={dropping} /> : <FileList dropping={dropping} />}
      <NotTaken />
      {question.value === null ? null : <Questions question={question.value} />}
      {work.value === 'failed' ? <Failed /> : null}
      {all === null || question.value !== null ? null : <Result result={all} />}
      <p class={shared.hidden} role="status">
        {all !== null && work.value === 'idle' ? said.result.read(all.overview.counts.people) : ''}
      </p>
    </section>
  )
}

/** Files dropped anywhere on the page are taken; a browser would leave the page for them otherwise. */
function useDropAnywhere(): boolean {
  const { add } = useDrop()
  const dropping = useSignal(false)
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
      if (!hasFiles(event)) return
      event.preventDefault()
      dropping.value = false
      add([...(event.dataTransfer?.files ?? [])])
    }
    addEventListener('dragover', onDragOver)
    addEventListener('dragleave', onDragLeave)
    addEventListener('drop', onDrop)
    return () => {
      removeEventListener('dragover', onDragOver)
      removeEventListener('dragleave', onDragLeave)
      removeEventListener('drop', onDrop)
    }
  }, [add, dropping])
  return dropping.value
}

function NotTaken() {
  const { notice } = useDrop()
  const said = useDropWords()
  const { value } = notice
  if (value === null) return null
  const megabytes = (bytes: number): string => said.megabytes(Math.ceil(bytes / 1_000_000))
  return (
    <div class={styles.notice}>
      {value.notice === 'twice' ? (
        <Notice tone="plain" icon="info" title={said.files.twice(value.name)} />
      ) : (
        <Notice
          tone="late"
          icon="warning"
          title={said.failed.tooLarge(megabytes(value.bytes), megabytes(MOST_BYTES))}
        />
      )}
    </div>
  )
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
