import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { expectedWords } from '../../shared/words/expected.ts'
import { filterName } from '../../shared/words/filters.ts'
import { languageNames, languages, problemWords } from '../../shared/words/index.ts'
import { meetingWords } from '../../shared/words/meetings.ts'
import { sheetWords } from '../../shared/words/sheets.ts'
import { usePanel, useWords } from '../context.ts'
import type { ExportKind, ExportSelection } from '../models/exporting.ts'
import { Notice } from './Notice.tsx'
import { Segmented } from './Segmented.tsx'
import { Sheet } from './Sheet.tsx'
import shared from './shared.module.css'
import styles from './ExportSheet.module.css'

interface ExportSheetProps {
  onClose: () => void
  mayReadEmails: boolean
  /** What leaves: the people as filtered, or what the report changed about them. */
  what?: 'people' | 'differences'
}

const kinds: readonly ExportKind[] = ['excel', 'csv', 'table']

/** The list as it is on screen, of any gathering, into a file or onto the clipboard. */
export function ExportSheet({ onClose, mayReadEmails, what = 'people' }: ExportSheetProps) {
  const { exporting, roster } = usePanel()
  const { format, language } = useWords()
  const exported = useExported(what)
  const said = sheetWords(language).exporting
  const choice = exporting.choice.value
  const step = exporting.step.value
  const { count } = exported
  const kindLabels = { excel: said.csvExcel, csv: said.csv, table: said.table }
  const search = exported.selection.search.trim()
  const topic = roster.head.value?.topic ?? null
  const provisional = ['waiting', 'partial'].includes(roster.head.value?.report.state ?? 'none')

  return (
    <Sheet
      title={said.title}
      {...(topic === null ? {} : { subtitle: topic })}
      onClose={onClose}
      footer={
        <>
          <p class={styles.where}>{choice.kind === 'table' ? said.copiesHere : said.opensInBrowser}</p>
          <button
            type="button"
            class={`${shared.button} ${shared.main}`}
            disabled={count === 0}
            aria-disabled={step.status === 'preparing'}
            onClick={() => void exporting.run(exported.selection)}
          >
            {step.status === 'preparing'
              ? said.preparing
              : choice.kind === 'table'
                ? count === null
                  ? said.table
                  : said.copyN(count)
                : count === null
                  ? said.title
                  : said.exportN(count)}
          </button>
        </>
      }
    >
      <Outcome />
      <Segmented
        label={said.format}
        value={choice.kind}
        options={kinds.map((kind) => ({ value: kind, label: kindLabels[kind] }))}
        onChange={exporting.pick}
      />
      {choice.kind === 'table' ? null : (
        <Segmented
          label={said.separator}
          value={choice.separator}
          options={[
            { value: ',', label: said.comma },
            { value: ';', label: said.semicolon },
            { value: 'tab', label: said.tab },
          ]}
          onChange={(separator) => {
            exporting.choice.value = { ...choice, separator }
          }}
        />
      )}
      <Segmented
        label={said.decimal}
        value={choice.decimal}
        options={[
          { value: '.', label: '1.5' },
          { value: ',', label: '1,5' },
        ]}
        onChange={(decimal) => {
          exporting.choice.value = { ...choice, decimal }
        }}
      />
      {choice.kind === 'table' ? null : (
        <OnOff
          label={said.bom}
          hint={said.bomHint}
          on={choice.bom}
          onChange={(bom) => {
            exporting.choice.value = { ...choice, bom }
          }}
        />
      )}
      {choice.kind === 'table' || what === 'differences' ? null : (
        <OnOff
          label={said.sentence}
          hint={said.sentenceHint}
          on={choice.sentence}
          onChange={(sentence) => {
            exporting.choice.value = { ...choice, sentence }
          }}
        />
      )}
      <Segmented
        label={said.headers}
        value={choice.language}
        options={languages.map((language) => ({ value: language, label: languageNames[language] }))}
        onChange={(language) => {
          exporting.choice.value = { ...choice, language }
        }}
      />
      <p class={styles.who}>
        <span>{said.who}</span>
        <span class={styles.selection}>
          {exported.label}
          {search === '' ? null : (
            <>
              {', “'}
              <bdi>{search}</bdi>
              {'”'}
            </>
          )}
          {count === null ? null : ` · ${format.count(count)}`}
        </span>
      </p>
      <p class={styles.note}>
        {mayReadEmails ? null : `${said.emailsHidden} `}
        {said.times(exporting.zone)}
        {provisional ? ` ${meetingWords(language).exporting.provisional}` : null}
      </p>
    </Sheet>
  )
}

interface OnOffProps {
  label: string
  hint: string
  on: boolean
  onChange: (on: boolean) => void
}

function OnOff({ label, hint, on, onChange }: OnOffProps) {
  const said = sheetWords(useWords().language).exporting
  return (
    <Segmented
      label={label}
      value={on ? 'on' : 'off'}
      options={[
        { value: 'on', label: said.on },
        { value: 'off', label: said.off },
      ]}
      hint={hint}
      onChange={(value) => {
        onChange(value === 'on')
      }}
    />
  )
}

/** What is on screen now: how it is asked for, what it is called, and how many rows that is; null when nobody counted. */
function useExported(what: 'people' | 'differences'): {
  selection: ExportSelection
  label: string
  count: number | null
} {
  const { list, differences, roster } = usePanel()
  const { language } = useWords()
  if (what === 'people') {
    const [show, search, sort] = [list.show.value, list.search.value, list.sort.value]
    const [label, withoutStaff] = [list.label.value, list.withoutStaff.value]
    return {
      selection: { list: 'people', show, label, withoutStaff, search, sort },
      label: [
        show === 'all' && label !== null
          ? ''
          : filterName(show, roster.head.value?.minPercent ?? 0, language),
        label ?? '',
        withoutStaff && (roster.summary.value?.expected?.staff ?? 0) > 0
          ? expectedWords(language).withoutStaff
          : '',
      ]
        .filter((part) => part !== '')
        .join(', '),
      count: list.rows.value.length,
    }
  }
  const said = meetingWords(language).differences
  const [kind, search] = [differences.kind.value, differences.search.value]
  return {
    selection: { list: 'differences', kind, search },
    label: kind === null ? said.title : `${said.title}: ${said.kinds[kind]}`,
    count: differences.list.hasMore() ? null : differences.list.items.value.length,
  }
}

function Outcome() {
  const { exporting } = usePanel()
  const { language } = useWords()
  const said = sheetWords(language).exporting
  const step = exporting.step.value
  const linkCopied = useSignal<boolean | null>(null)
  const areaId = useId()
  switch (step.status) {
    case 'opened':
      return (
        <div class={styles.outcome}>
          <Notice tone="plain" icon="here" title={said.opened(step.rows)} />
          <p class={styles.again}>
            {said.notOpened}{' '}
            <button
              type="button"
              class={shared.link}
              onClick={() => void exporting.copyLink().then((copied) => (linkCopied.value = copied))}
            >
              {linkCopied.value === true ? said.linkCopied : said.copyLink}
            </button>
          </p>
          {linkCopied.value === false ? (
            <input class={styles.text} readOnly value={step.url} aria-label={said.copyLink} />
          ) : null}
        </div>
      )
    case 'copied':
      return (
        <div class={styles.outcome}>
          <Notice tone="plain" icon="here" title={said.copied(step.rows)} />
        </div>
      )
    case 'by_hand':
      return (
        <div class={styles.byHand}>
          <label for={areaId}>{said.copyByHand}</label>
          <textarea
            id={areaId}
            class={styles.text}
            rows={6}
            readOnly
            value={step.text}
            onFocus={(event) => {
              event.currentTarget.select()
            }}
          />
        </div>
      )
    case 'failed': {
      const problem = problemWords(step.code, language)
      return (
        <div class={styles.outcome}>
          <Notice
            tone="alarm"
            icon="warning"
            title={problem.what + '.'}
            text={`${problem.why} ${problem.next}`}
          />
        </div>
      )
    }
    case 'choosing':
    case 'preparing':
      return null
  }
}
