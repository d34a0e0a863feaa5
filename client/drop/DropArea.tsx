import { useWords } from '../context.ts'
import { Icon } from '../components/Icon.tsx'
import shared from '../components/shared.module.css'
import { useDrop, useDropWords } from './context.ts'
import { exampleFile } from './example.ts'
import { focusOnField } from './field.ts'
import styles from './DropArea.module.css'

/** The way in: drop, choose, or try it with an example. A real file field, so the keyboard and every helper knows it. */
export function DropArea({ dropping }: { dropping: boolean }) {
  const { add } = useDrop()
  const { language } = useWords()
  const said = useDropWords().area
  return (
    <div class={`${styles.place} ${dropping ? styles.dropping : ''}`}>
      <label class={styles.area}>
        <FileField />
        <span class={styles.sign} aria-hidden="true">
          <Icon name="drop" size={26} />
        </span>
        <span class={styles.title}>{dropping ? said.titleDropping : said.title}</span>
        <span class={styles.what}>{said.what}</span>
        <span class={`${shared.button} ${styles.choose}`} aria-hidden="true">
          {said.choose}
        </span>
      </label>
      <p class={styles.stays}>
        <Icon name="lock" size={14} /> {said.stays}
      </p>
      <button
        type="button"
        class={`${shared.link} ${styles.example}`}
        onClick={() => {
          add([exampleFile(language)])
        }}
      >
        {said.example}
      </button>
    </div>
  )
}

/** Takes several files at once; the same one again after it was removed. */
export function FileField() {
  const { add } = useDrop()
  return (
    <input
      type="file"
      multiple
      class={shared.hidden}
      onChange={({ currentTarget }) => {
        add([...(currentTarget.files ?? [])])
        currentTarget.value = ''
        focusOnField()
      }}
    />
  )
}
