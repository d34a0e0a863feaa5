import { fileRefusalSentence } from '../../shared/words/files.ts'
import { Icon } from '../components/Icon.tsx'
import shared from '../components/shared.module.css'
import { useWords } from '../context.ts'
import { useDrop, useDropWords } from './context.ts'
import { FileField } from './DropArea.tsx'
import { focusOnField } from './field.ts'
import type { DroppedFile } from './files.ts'
import { ReadingOptions } from './ReadingOptions.tsx'
import styles from './FileList.module.css'

/** The files there are, what each was recognised as, and how times in them are read. */
export function FileList({ dropping }: { dropping: boolean }) {
  const { files, startOver, work } = useDrop()
  const said = useDropWords()
  const isBusy = work.value === 'looking' || work.value === 'reading'
  return (
    <div class={`${styles.files} ${dropping ? styles.dropping : ''}`}>
      <ul class={styles.list} aria-label={said.files.title}>
        {files.value.map((file) => (
          <FileLine key={file.id} file={file} />
        ))}
      </ul>
      {isBusy ? <Progress /> : null}
      <div class={styles.acts}>
        <label class={`${shared.button} ${styles.add}`}>
          <FileField />
          {dropping ? said.area.titleDropping : said.area.again}
        </label>
        <button
          type="button"
          class={shared.button}
          onClick={() => {
            startOver()
            focusOnField()
          }}
        >
          {said.files.startOver}
        </button>
        <p class={styles.stays}>
          <Icon name="lock" size={14} /> {said.area.stays}
        </p>
      </div>
      <ReadingOptions />
    </div>
  )
}

function FileLine({ file }: { file: DroppedFile }) {
  const { remove, sayColumns } = useDrop()
  const { language } = useWords()
  const said = useDropWords().files
  const { look, name, id } = file
  const isRefused = look?.as === 'refused'
  return (
    <li class={`${styles.file} ${isRefused ? styles.refused : ''}`}>
      <span class={styles.sign} aria-hidden="true">
        <Icon name={isRefused ? 'warning' : 'file'} />
      </span>
      <div class={styles.words}>
        <bdi class={styles.name}>{name}</bdi>
        {look?.as === 'refused' ? (
          <p class={styles.why} role="alert">
            {fileRefusalSentence(look.refusal, 'page', language)}{' '}
            {look.table !== null && !file.saying ? (
              <button
                type="button"
                class={shared.link}
                onClick={() => {
                  sayColumns(id)
                }}
              >
                {said.sayColumns}
              </button>
            ) : null}
          </p>
        ) : (
          <p class={styles.state}>
            <FileState file={file} />
          </p>
        )}
      </div>
      <button
        type="button"
        class={shared.icon}
        aria-label={said.remove(name)}
        onClick={() => {
          remove(id)
          focusOnField()
        }}
      >
        <Icon name="close" />
      </button>
    </li>
  )
}

function FileState({ file }: { file: DroppedFile }) {
  const { work, result, question } = useDrop()
  const said = useDropWords().files
  if (file.look?.as !== 'list') return said.looking
  const { layout, rows } = file.look.survey
  const parts = [said.layouts[layout], said.rows(rows)]
  if (question.value?.file.id === file.id) parts.push(said.waiting)
  else if (work.value === 'reading' && result.value?.files.has(file.id) !== true) parts.push(said.reading)
  return parts.join(' · ')
}

function Progress() {
  const { progress, cancel } = useDrop()
  const said = useDropWords().files
  return (
    <div class={styles.progress}>
      <progress class={styles.bar} max={1} value={progress.value} aria-label={said.progress} />
      <button type="button" class={shared.button} onClick={cancel}>
        {said.cancel}
      </button>
    </div>
  )
}
