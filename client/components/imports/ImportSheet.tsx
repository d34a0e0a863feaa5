import { useEffect, useMemo, useRef } from 'preact/hooks'
import { problemWords } from '../../../shared/words/index.ts'
import { importWords } from '../../../shared/words/imports.ts'
import { usePanel, useWords } from '../../context.ts'
import { createImportApi } from '../../models/import-api.ts'
import { createImportedModel } from '../../models/imported.ts'
import { createImportModel, type ImportModel, type ImportStep } from '../../models/importing.ts'
import { lookInWorker } from '../../reading/index.ts'
import { Notice } from '../Notice.tsx'
import { Sheet } from '../Sheet.tsx'
import shared from '../shared.module.css'
import { Choosing, FileField } from './Choosing.tsx'
import { Preview } from './Preview.tsx'
import styles from './ImportSheet.module.css'

interface ImportSheetProps {
  /** Dropped already: the first is looked at, the others wait. [] when there was none in what was dropped; null: nothing was. */
  dropped: readonly File[] | null
  onClose: () => void
}

/** Files on their way in, one at a time. */
export function ImportSheet({ dropped, onClose }: ImportSheetProps) {
  const panel = usePanel()
  const { language } = useWords()
  const said = importWords(language)
  const { model, imported } = useMemo(() => {
    const parts = {
      ...{ api: createImportApi(panel.parts.api), session: panel.session },
      onChange() {
        void panel.history.list.reload()
        const opened = panel.navigation.opened.peek()
        if (opened !== null) panel.roster.start(opened)
      },
    }
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    return {
      model: createImportModel({ ...parts, lookAt: lookInWorker, zone }),
      imported: createImportedModel(parts),
    }
  }, [panel])
  useEffect(() => void imported.load(), [imported])
  useEffect(() => {
    model.choose(dropped ?? [])
    return model.stop
  }, [model, dropped])
  const step = model.step.value
  const file = model.file.value
  const waiting = model.waiting.value
  return (
    <Sheet
      title={said.title}
      {...(file === null ? {} : { subtitle: file.name })}
      onClose={onClose}
      {...(hasFooter(step) ? { footer: <Footer model={model} onClose={onClose} /> } : {})}
    >
      {waiting.length > 0 && step.status !== 'sending' ? (
        <p class={styles.others} role="status">
          {said.waiting(waiting.length)}{' '}
          <button type="button" class={shared.link} onClick={model.next}>
            {said.next}
          </button>
        </p>
      ) : null}
      {step.status !== 'choosing' ? null : imported.forbidden.value ? (
        <Failed code="forbidden" />
      ) : (
        <Choosing model={model} emptyHanded={dropped?.length === 0} imported={imported} onClose={onClose} />
      )}
      {step.status === 'reading' ? <Progress label={said.looking} part={step.part} /> : null}
      {step.status === 'looking' ? <Preview model={model} look={step.look} preview={step.preview} /> : null}
      {step.status === 'sending' ? (
        <Progress
          label={step.part < 1 ? said.sending : said.working}
          part={step.part < 1 ? step.part : null}
        />
      ) : null}
      {step.status === 'done' ? <Done step={step} /> : null}
      {step.status === 'too_large' ? (
        <Outcome tone="late" title={said.tooLarge} text={said.tooLargeText} />
      ) : null}
      {step.status === 'failed' ? <Failed code={step.code} /> : null}
    </Sheet>
  )
}

/** `part` null: how long it takes nobody knows. */
function Progress({ label, part }: { label: string; part: number | null }) {
  return (
    <div class={styles.progress} role="status">
      <p>{label}</p>
      <progress class={styles.bar} aria-label={label} {...(part === null ? {} : { value: part })} max={1} />
    </div>
  )
}

function Done({ step: { answer, undone, trouble } }: { step: Extract<ImportStep, { status: 'done' }> }) {
  const { language } = useWords()
  const said = importWords(language)
  if (undone) return <Outcome tone="plain" title={said.undone} text={said.undoneText} />
  const { outcome, people, rows, gatherings } = answer
  const title = { imported: said.done, known: said.known, replaced: said.replaced }[outcome]
  const why = { imported: null, known: said.knownText, replaced: said.replacedText }[outcome]
  const known = said.changed(people.added, people.matched, rows.known)
  return (
    <>
      <Outcome tone="plain" title={title} text={why ?? known} />
      {why === null ? null : <p class={styles.quiet}>{known}</p>}
      {gatherings.length > 1 ? <p class={styles.quiet}>{said.eachByItself(gatherings.length)}</p> : null}
      {rows.withoutTimes > 0 ? <p class={styles.quiet}>{said.withoutTimes(rows.withoutTimes)}</p> : null}
      {trouble === null ? null : <Failed code={trouble} />}
    </>
  )
}

function Failed({ code }: { code: Extract<ImportStep, { status: 'failed' }>['code'] }) {
  const { language } = useWords()
  const said = importWords(language)
  if (code === 'reading') return <Outcome tone="alarm" title={said.brokeOff} text={said.brokeOffText} />
  if (code === 'forbidden') return <Outcome tone="late" title={said.notOwner} text={said.notOwnerText} />
  const problem = problemWords(code, language)
  const text = code === 'offline' ? said.offlineText : `${problem.why} ${problem.next}`
  return <Outcome tone="alarm" title={problem.what} text={text} />
}

function Outcome({ tone, title, text }: { tone: 'plain' | 'late' | 'alarm'; title: string; text: string }) {
  return (
    <div class={styles.outcome}>
      <Notice tone={tone} icon={tone === 'plain' ? 'here' : 'warning'} title={`${title}.`} text={text} />
    </div>
  )
}

const hasFooter = ({ status }: ImportStep): boolean =>
  status !== 'choosing' && status !== 'reading' && status !== 'sending'

function Footer({ model, onClose }: { model: ImportModel; onClose: () => void }) {
  const { navigation } = usePanel()
  const { language } = useWords()
  const said = importWords(language)
  const main = useRef<HTMLButtonElement>(null)
  const step = model.step.value
  // What was pressed went away: the next thing to press has the focus.
  useEffect(() => {
    main.current?.focus()
  }, [step.status])
  if (step.status === 'done' && !step.undone) {
    const [gathering] = step.answer.gatherings
    return (
      <>
        <button
          type="button"
          class={shared.button}
          aria-disabled={model.undoing.value}
          onClick={() => void model.undo()}
        >
          {model.undoing.value ? said.undoing : said.undo}
        </button>
        <FileField label={said.chooseOther} onFiles={model.choose} />
        {gathering === undefined ? null : (
          <button
            ref={main}
            type="button"
            class={`${shared.button} ${shared.main} ${styles.last}`}
            onClick={() => {
              navigation.openMeeting(gathering.gatheringId)
              onClose()
            }}
          >
            {said.openMeeting(step.answer.gatherings.length)}
          </button>
        )}
      </>
    )
  }
  const rows = step.status === 'looking' && step.look.as === 'list' ? step.look.rows : 0
  return (
    <>
      <FileField label={said.chooseOther} onFiles={model.choose} />
      {rows === 0 ? null : (
        <button
          ref={main}
          type="button"
          class={`${shared.button} ${shared.main} ${styles.last}`}
          aria-disabled={!model.ready.value}
          onClick={() => void model.send()}
        >
          {step.status === 'looking' && step.preview === null ? said.lookingShort : said.send(rows)}
        </button>
      )}
      {step.status === 'failed' && step.code !== 'forbidden' ? (
        <button
          ref={main}
          type="button"
          class={`${shared.button} ${shared.main} ${styles.last}`}
          onClick={model.tryAgain}
        >
          {said.tryAgain}
        </button>
      ) : null}
    </>
  )
}
