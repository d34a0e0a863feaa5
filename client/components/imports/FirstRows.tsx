import type { Survey } from '../../../shared/files/index.ts'
import { importWords } from '../../../shared/words/imports.ts'
import { useWords } from '../../context.ts'
import styles from './FirstRows.module.css'

const SHOWN = 5

/** The first rows as the file has them, under its own headers; it scrolls sideways where it is wider than the sheet. */
export function FirstRows({
  survey: { columns, firstRows },
}: {
  survey: Pick<Survey, 'columns' | 'firstRows'>
}) {
  const { language } = useWords()
  const said = importWords(language)
  if (firstRows.length === 0) return null
  return (
    <div class={styles.box} tabIndex={0} role="group" aria-label={said.firstRows}>
      <table class={styles.table}>
        <caption class={styles.caption}>{said.firstRows}</caption>
        {columns.length === 0 ? null : (
          <thead>
            <tr>
              {columns.map(({ at, header }) => (
                <th key={at} scope="col">
                  <bdi>{header}</bdi>
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {firstRows.slice(0, SHOWN).map((cells, row) => (
            <tr key={row}>
              {(columns.length === 0 ? cells.map((_, at) => at) : columns.map(({ at }) => at)).map((at) => (
                <td key={at}>
                  <bdi>{cells[at] ?? ''}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
