import { useSignal } from '@preact/signals'
import type { Column, Field } from '../../shared/files/index.ts'
import shared from '../components/shared.module.css'
import { useDrop, useDropWords } from './context.ts'
import { useDayNames } from './days.ts'
import type { Question } from './files.ts'
import form from '../components/form.module.css'
import styles from './Questions.module.css'

/** What the files leave open, one question at a time. Nothing is shown before it is answered. */
export function Questions({ question }: { question: Question }) {
  return question.ask === 'order' ? (
    <OrderQuestion question={question} />
  ) : (
    <ColumnsQuestion key={question.file.id} question={question} />
  )
}

function OrderQuestion({ question: { file, ambiguous } }: { question: Extract<Question, { ask: 'order' }> }) {
  const { setOrder } = useDrop()
  const said = useDropWords().asks
  const dayOf = useDayNames()
  return (
    <div class={styles.card} role="group" aria-label={said.orderTitle}>
      <h2 class={styles.title}>{said.orderTitle}</h2>
      <p class={styles.text}>
        {ambiguous === null ? said.orderUnshown(file.name) : said.order(ambiguous.text, file.name)}
      </p>
      <div class={styles.answers}>
        {(['dmy', 'mdy'] as const).map((order) => (
          <button
            key={order}
            type="button"
            class={`${shared.button} ${styles.answer}`}
            onClick={() => {
              setOrder(order)
            }}
          >
            <span class={styles.strong}>{said.orders[order]}</span>
            {ambiguous === null ? null : (
              <span class={styles.quiet}>
                {said.reads(dayOf(order === 'dmy' ? ambiguous.dmyMs : ambiguous.mdyMs))}
              </span>
            )}
          </button>
        ))}
      </div>
    </div>
  )
}

function ColumnsQuestion({
  question: { file, columns, firstRows, known },
}: {
  question: Extract<Question, { ask: 'columns' }>
}) {
  const { setColumns } = useDrop()
  const said = useDropWords().asks
  const meanings = useSignal(new Map(columns.map(({ at, field }) => [at, field])))
  return (
    <form
      class={styles.card}
      aria-label={said.columnsTitle}
      onSubmit={(event) => {
        event.preventDefault()
        setColumns(file.id, columns, [...meanings.value])
      }}
    >
      <h2 class={styles.title}>{said.columnsTitle}</h2>
      <p class={styles.text}>{known ? said.columns(file.name) : said.columnsUnknown(file.name)}</p>
      <ul class={styles.columns}>
        {columns.map((column) => (
          <ColumnLine
            key={column.at}
            column={column}
            sample={samplesOf(firstRows, column.at)}
            meaning={meanings.value.get(column.at) ?? null}
            onChange={(field) => {
              meanings.value = new Map(meanings.value).set(column.at, field)
            }}
          />
        ))}
      </ul>
      <button type="submit" class={`${shared.button} ${shared.main}`}>
        {said.use}
      </button>
    </form>
  )
}

const SAMPLES = 3
const samplesOf = (rows: readonly string[][], at: number): string =>
  [...new Set(rows.map((cells) => (cells[at] ?? '').trim()).filter((cell) => cell !== ''))]
    .slice(0, SAMPLES)
    .join(' · ')

interface ColumnLineProps {
  column: Column
  sample: string
  meaning: Field | null
  onChange: (field: Field | null) => void
}

function ColumnLine({ column, sample, meaning, onChange }: ColumnLineProps) {
  const said = useDropWords().asks
  const header = column.header.trim() || said.unnamed(column.at + 1)
  const fields = Object.entries(said.fields)
  const isOther = meaning !== null && !(meaning in said.fields)
  return (
    <li class={styles.column}>
      <span class={styles.header}>
        <bdi class={styles.strong}>{header}</bdi>
        <bdi class={styles.sample}>{sample}</bdi>
      </span>
      <select
        class={`${form.select} ${styles.select}`}
        aria-label={said.meaningOf(header)}
        value={meaning ?? ''}
        onChange={({ currentTarget }) => {
          onChange(currentTarget.value === '' ? null : (currentTarget.value as Field))
        }}
      >
        <option value="">{said.unread}</option>
        {isOther ? <option value={meaning}>{column.header}</option> : null}
        {fields.map(([field, word]) => (
          <option key={field} value={field}>
            {word}
          </option>
        ))}
      </select>
    </li>
  )
}
