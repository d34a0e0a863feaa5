import { importWords } from '../../../shared/words/imports.ts'
import { usePanel, useWords } from '../../context.ts'
import type { ImportedModel } from '../../models/imported.ts'
import type { ImportModel } from '../../models/importing.ts'
import shared from '../shared.module.css'
import { ImportedList } from './ImportedList.tsx'
import styles from './ImportSheet.module.css'

interface ChoosingProps {
  model: ImportModel
  /** Something was dropped, and there was no file in it. */
  emptyHanded: boolean
  imported: ImportedModel
  onClose: () => void
}

/** Before a file is there: what may be handed in, and what was. */
export function Choosing({ model, emptyHanded, imported, onClose }: ChoosingProps) {
  const { openIn } = usePanel()
  const { language } = useWords()
  const said = importWords(language)
  return (
    <div class={styles.choosing}>
      {emptyHanded ? (
        <p class={styles.others} role="status">
          {said.noFiles}
        </p>
      ) : null}
      <p>{said.what}</p>
      <FileField label={said.choose} main onFiles={model.choose} />
      {openIn === 'zoom' ? <p class={styles.quiet}>{said.embedded}</p> : null}
      <ImportedList model={imported} onClose={onClose} />
    </div>
  )
}

interface FileFieldProps {
  label: string
  main?: boolean
  onFiles: (files: readonly File[]) => void
}

/** A real file field under a button of ours, so that the keyboard and every helper knows it. */
export function FileField({ label, main = false, onFiles }: FileFieldProps) {
  return (
    <label class={`${shared.button} ${main ? shared.main : ''} ${styles.field}`}>
      <input
        type="file"
        multiple
        class={shared.hidden}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])]
          currentTarget.value = ''
          onFiles(files)
        }}
      />
      {label}
    </label>
  )
}
