import { useSignal } from '@preact/signals'
import { useId, useMemo } from 'preact/hooks'
import type { Column, Field } from '../../../shared/files/index.ts'
import type { ImportPreview } from '../../../shared/wire/index.ts'
import { fileRefusalSentence, fileWarningSentence } from '../../../shared/words/files.ts'
import { importWords } from '../../../shared/words/imports.ts'
import { useWords } from '../../context.ts'
import type { ImportModel } from '../../models/importing.ts'
import type { Look } from '../../reading/index.ts'
import form from '../form.module.css'
import { Notice } from '../Notice.tsx'
import { Segmented } from '../Segmented.tsx'
import shared from '../shared.module.css'
import { FiledMeetings, whenOf } from './FiledMeetings.tsx'
import { FirstRows } from './FirstRows.tsx'
import styles from './Preview.module.css'
import { ShowAll } from './ShowAll.tsx'

/** At first; all of them when that is asked for. */
const MOST_NOTES = 8

interface PreviewProps {
  model: ImportModel
  look: Look
  preview: ImportPreview | null
}

/** What was recognised in a file, what has to be answered, and where its meetings would go. */
export function Preview({ model, look, preview }: PreviewProps) {
  const { language, format } = useWords()
  const said = importWords(language)
  if (look.as === 'refused') {
    const { refusal, table } = look
    return (
      <div class={styles.preview}>
        <Refused text={fileRefusalSentence(refusal, 'page', language)} />
        {table === null ? null : (
          <>
            <Columns model={model} columns={table.columns} known={false} />
            <FirstRows survey={table} />
          </>
        )}
      </div>
    )
  }
  const { survey } = look
  if (!survey.hasTimes && survey.rows > 0) return <Refused text={said.totals} />
  const inDoubt = survey.dates.by === 'open' || survey.dates.by === 'assumed' || survey.dates.by === 'given'
  return (
    <div class={styles.preview}>
      <p class={styles.recognised}>
        {said.readAs}: <strong>{said.layouts[survey.layout]}</strong> · {said.rows(survey.rows)}
        {survey.meetings.length > 1 ? ` · ${said.meetings(survey.meetings.length)}` : ''}
      </p>
      {preview?.importedAt ? (
        <div class={styles.wide}>
          <Notice
            tone="plain"
            icon="info"
            title={said.before(whenOf(format, preview.importedAt))}
            text={said.beforeText}
          />
        </div>
      ) : null}
      {survey.needsZone ? <ZoneChoice model={model} /> : null}
      {inDoubt ? (
        <Segmented
          label={look.as === 'undecided' ? said.datesOpen : said.dates}
          value={model.dates.value ?? survey.dates.order ?? 'ymd'}
          options={[
            { value: 'mdy', label: said.orders.mdy },
            { value: 'dmy', label: said.orders.dmy },
          ]}
          onChange={model.setDates}
        />
      ) : null}
      {survey.needsConfirmation ? <Columns model={model} columns={survey.columns} known /> : null}
      {look.as === 'list' ? <FiledMeetings model={model} meetings={look.meetings} preview={preview} /> : null}
      {look.as === 'list' && look.rows === 0 ? <Refused text={said.noRows} /> : null}
      <FirstRows survey={survey} />
      {look.as === 'list' && look.withoutTimes > 0 ? (
        <p class={styles.quiet}>{said.withoutTimes(look.withoutTimes)}</p>
      ) : null}
      {look.as === 'list' ? <Notes warnings={look.warnings} /> : null}
    </div>
  )
}

/** What is wrong stands out; what to do follows. */
function Refused({ text }: { text: string }) {
  const [, what = text, next] = /^(.+?[.!?])\s+(\S.*)$/su.exec(text) ?? []
  return (
    <div class={styles.wide}>
      <Notice tone="late" icon="warning" title={what} {...(next === undefined ? {} : { text: next })} />
    </div>
  )
}

function ZoneChoice({ model }: { model: ImportModel }) {
  const { language } = useWords()
  const said = importWords(language)
  const id = useId()
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  // Safari knows its zones by name from 15.4 on only.
  const zones = useMemo(() => {
    const all = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : []
    return [...new Set([own, 'UTC', ...all])]
  }, [own])
  return (
    <div class={styles.option}>
      <label for={id}>{said.zone}</label>
      <select
        id={id}
        class={`${form.select} ${styles.select}`}
        value={model.zone.value}
        aria-describedby={`${id}-hint`}
        onChange={({ currentTarget }) => {
          model.setZone(currentTarget.value)
        }}
      >
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone === own ? said.ownZone(zone) : zone}
          </option>
        ))}
      </select>
      <p id={`${id}-hint`} class={styles.quiet}>
        {said.zoneHint}
      </p>
    </div>
  )
}

interface ColumnsProps {
  model: ImportModel
  columns: readonly Column[]
  /** They were taken for something; otherwise the person is to say it. */
  known: boolean
}

function Columns({ model, columns, known }: ColumnsProps) {
  const { language } = useWords()
  const said = importWords(language)
  return (
    <section class={styles.columns} aria-label={known ? said.columnsTitle : said.columnsAsk}>
      <h3 class={shared.caption}>{known ? said.columnsTitle : said.columnsAsk}</h3>
      <p class={styles.quiet}>{known ? said.columnsHint : said.columnsNeeded}</p>
      {columns.map((column) => {
        const header = column.header.trim() || said.unnamed(column.at + 1)
        const meaning = model.columns.value?.get(column.at) ?? column.field
        return (
          <label key={column.at} class={styles.column}>
            <bdi class={styles.header}>{header}</bdi>
            <select
              class={`${form.select} ${styles.select}`}
              aria-label={said.meaningOf(header)}
              value={meaning ?? ''}
              onChange={({ currentTarget: { value } }) => {
                model.setColumn(column.at, value === '' ? null : (value as Field))
              }}
            >
              <option value="">{said.unread}</option>
              {meaning !== null && !(meaning in said.fields) ? (
                <option value={meaning}>{header}</option>
              ) : null}
              {Object.entries(said.fields).map(([field, word]) => (
                <option key={field} value={field}>
                  {word}
                </option>
              ))}
            </select>
          </label>
        )
      })}
      {known ? (
        <label class={styles.confirm}>
          <input
            type="checkbox"
            checked={model.confirmed.value}
            onChange={({ currentTarget }) => {
              model.confirmed.value = currentTarget.checked
            }}
          />
          {said.columnsRight}
        </label>
      ) : null}
    </section>
  )
}

function Notes({ warnings }: { warnings: Extract<Look, { as: 'list' }>['warnings'] }) {
  const { language } = useWords()
  const said = importWords(language)
  const whole = useSignal(false)
  if (warnings.length === 0) return null
  const shown = whole.value ? warnings : warnings.slice(0, MOST_NOTES)
  return (
    <details class={styles.notes}>
      <summary>{said.notes(warnings.length)}</summary>
      <ul>
        {shown.map((warning, place) => (
          <li key={place}>
            {warning.line === null ? '' : `${said.line(warning.line)}: `}
            {fileWarningSentence(warning, 'page', language)}
          </li>
        ))}
      </ul>
      {shown.length < warnings.length ? (
        <ShowAll label={said.showAll(warnings.length)} whole={whole} />
      ) : null}
    </details>
  )
}
