import { useSignal } from '@preact/signals'
import type { FileWarning } from '../../shared/files/index.ts'
import { fileWarningSentence, whereSentence } from '../../shared/words/files.ts'
import { unbroken } from '../../shared/words/format.ts'
import { Face } from '../components/Face.tsx'
import shared from '../components/shared.module.css'
import { useWords } from '../context.ts'
import { useDrop, useDropWords } from './context.ts'
import { CurveCard } from './CurveCard.tsx'
import { MinimumCard } from './MinimumCard.tsx'
import { MOST_COPIED, type Result as ResultOf } from './model.ts'
import { PeopleCard } from './PeopleCard.tsx'
import { PersonSheet } from './PersonSheet.tsx'
import { sentenceOf } from './sentence.ts'
import styles from './Result.module.css'

/** What the files say: the sentence, then who, when, and how long. */
export function Result({ result }: { result: ResultOf }) {
  const { work } = useDrop()
  const said = useDropWords().result
  const opened = useSignal<number | null>(null)
  const { overview } = result
  const { counts } = overview
  const isEmpty = counts.people + counts.waitingRoomOnly + (counts.registeredNoShow ?? 0) === 0
  return (
    <div class={`${styles.result} ${work.value === 'reading' ? styles.old : ''}`}>
      <Headline result={result} />
      <Notes result={result} />
      {isEmpty ? (
        <Face inside icon="people" title={said.nobody} text={[said.nobodyNext]} />
      ) : (
        <div class={styles.grid}>
          <div class={styles.side}>
            {counts.hasTimes ? (
              <CurveCard overview={overview} />
            ) : (
              <p class={`${styles.card} ${styles.plain}`}>{said.noCurve}</p>
            )}
            {counts.hasTimes ? <MinimumCard result={result} /> : null}
          </div>
          <PeopleCard
            result={result}
            onOpen={(index) => {
              opened.value = index
            }}
          />
          <Save rows={counts.people} />
        </div>
      )}
      {opened.value === null ? null : (
        <PersonSheet
          key={opened.value}
          index={opened.value}
          result={result}
          onClose={() => {
            opened.value = null
          }}
        />
      )}
    </div>
  )
}

function Headline({ result }: { result: ResultOf }) {
  const { zone, minimum } = useDrop()
  const { language, format } = useWords()
  const said = useDropWords().result
  const { meetings, rows } = result.overview
  const percent = minimum.live.value
  const [only] = meetings
  const isOne = meetings.length === 1 && only !== undefined
  const about = [...(isOne && only.span !== null ? [format.date(only.span.fromMs)] : []), said.rows(rows)]
  return (
    <header class={styles.head}>
      <p class={styles.about}>
        <bdi class={styles.topic}>
          {isOne ? (only.topic ?? said.untitled) : said.meetings(meetings.length)}
        </bdi>
        {['', ...about].join(' · ')}
      </p>
      <h2 class={styles.sentence}>{unbroken(sentenceOf(result, { percent, zone: zone.value, language }))}</h2>
    </header>
  )
}

/** What was wrong and what was done about it: counted, and told when opened. */
function Notes({ result: { overview, measured, files } }: { result: ResultOf }) {
  const said = useDropWords().warnings
  const warnings = [...overview.warnings, ...measured.warnings]
  const count = warnings.length + overview.moreWarnings
  if (count === 0) return null
  return (
    <details class={styles.notes}>
      <summary class={styles.summary}>{said.title(count)}</summary>
      <ul class={styles.warnings} tabIndex={0} aria-label={said.title(count)}>
        {warnings.map((warning, at) => (
          <li key={at}>
            <Note warning={warning} isOnly={files.size === 1} />
          </li>
        ))}
        {overview.moreWarnings > 0 ? <li>{said.more(overview.moreWarnings)}</li> : null}
      </ul>
    </details>
  )
}

/** With its file and line; of the only file without its name. */
function Note({ warning, isOnly }: { warning: FileWarning; isOnly: boolean }) {
  const { language } = useWords()
  const said = useDropWords().warnings
  const sentence = fileWarningSentence(warning, 'page', language)
  if (!isOnly) return <>{whereSentence(warning, sentence, language)}</>
  return <>{warning.line === null ? sentence : `${said.line(warning.line)}: ${sentence}`}</>
}

function Save({ rows }: { rows: number }) {
  const { taking, withSentence, takeCsv, takeTable } = useDrop()
  const said = useDropWords().save
  const isBusy = taking.value === 'csv' || taking.value === 'copying'
  const isLong = rows > MOST_COPIED
  const told =
    taking.value === 'copied' ? said.copied(rows) : taking.value === 'not_copied' ? said.notCopied : ''
  return (
    <div class={`${styles.card} ${styles.save}`}>
      <h3 class={styles.title}>{said.title}</h3>
      <div class={styles.acts}>
        <button
          type="button"
          class={`${shared.button} ${shared.main}`}
          disabled={isBusy}
          onClick={() => void takeCsv()}
        >
          {taking.value === 'csv' ? said.preparing : said.csv}
        </button>
        <button
          type="button"
          class={shared.button}
          disabled={isBusy || isLong}
          onClick={() => void takeTable()}
        >
          {taking.value === 'copying' ? said.preparing : said.copy}
        </button>
      </div>
      <label class={styles.tick}>
        <input
          type="checkbox"
          checked={withSentence.value}
          onChange={({ currentTarget }) => {
            withSentence.value = currentTarget.checked
          }}
        />
        {said.sentence}
      </label>
      <p class={styles.small} role="status">
        {told || (isLong ? said.tooLong(MOST_COPIED) : said.hint)}
      </p>
    </div>
  )
}
