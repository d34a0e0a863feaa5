import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import type { CorrectionAct, PersonRow } from '../../../shared/wire/index.ts'
import form from '../form.module.css'
import { Segmented } from '../Segmented.tsx'
import shared from '../shared.module.css'
import { Trouble } from './Trouble.tsx'
import { useCorrecting, useCorrectionWords } from './useCorrecting.ts'
import styles from './Acts.module.css'

type Form = 'rename' | 'email' | 'label' | 'mark'
const forms: readonly Form[] = ['rename', 'email', 'label', 'mark']

interface ActsProps {
  row: PersonRow
  /** The connection that stands for this person in what is said of them. */
  connection: string
  onMerge: () => void
}

/** What the host can say of somebody; one form open at a time, under the buttons that open them. */
export function Acts({ row, connection, onMerge }: ActsProps) {
  const correcting = useCorrecting()
  const said = useCorrectionWords()
  const open = useSignal<Form | null>(null)
  const bar = useRef<HTMLDivElement>(null)
  const close = () => {
    const from = open.value
    open.value = null
    if (from !== null) bar.current?.querySelector<HTMLElement>(`[data-form=${from}]`)?.focus()
  }
  const send = (act: CorrectionAct) => {
    void correcting.correct(act).then((answer) => {
      if (answer !== undefined) close()
    })
  }
  return (
    <section aria-label={said.acts.title}>
      <h3 class={shared.caption}>{said.acts.title}</h3>
      <div ref={bar} class={styles.bar}>
        {forms.map((what) => (
          <button
            key={what}
            type="button"
            data-form={what}
            class={`${shared.button} ${form.small} ${styles.opener}`}
            aria-expanded={open.value === what}
            onClick={() => {
              correcting.calm()
              open.value = open.value === what ? null : what
            }}
          >
            {said.acts[what]}
          </button>
        ))}
        <button type="button" data-merge class={`${shared.button} ${form.small}`} onClick={onMerge}>
          {said.acts.merge}
        </button>
      </div>
      {open.value === 'rename' ? (
        <TextForm
          label={said.acts.name}
          hint={said.acts.nameHint}
          first={row.name.trim()}
          longest={300}
          onSave={(name) => {
            send({ kind: 'rename', connection, name })
          }}
          onCancel={close}
        />
      ) : null}
      {open.value === 'email' ? (
        <TextForm
          label={said.acts.email}
          hint={said.acts.emailHint}
          inputMode="email"
          first={row.email ?? ''}
          longest={320}
          onSave={(email) => {
            send({ kind: 'email', connection, email: email.toLowerCase() })
          }}
          onCancel={close}
        >
          {row.email === null ? null : (
            <button
              type="button"
              class={shared.button}
              aria-disabled={correcting.working.value}
              onClick={() => {
                send({ kind: 'email', connection, email: null })
              }}
            >
              {said.acts.noEmail}
            </button>
          )}
        </TextForm>
      ) : null}
      {open.value === 'label' ? (
        <TextForm
          label={said.acts.label}
          hint={said.acts.labelHint}
          first=""
          longest={60}
          onSave={(label) => {
            send({ kind: 'label', connection, label })
          }}
          onCancel={close}
        />
      ) : null}
      {open.value === 'mark' ? (
        <MarkForm
          row={row}
          onSave={(mark, reason) => {
            send({ kind: 'mark', connection, mark, reason })
          }}
          onCancel={close}
        />
      ) : null}
      <Trouble />
    </section>
  )
}

interface TextFormProps {
  label: string
  hint: string
  /** Which keys a telephone offers; what an address is the server knows, for browsers know ASCII only. */
  inputMode?: 'email'
  first: string
  longest: number
  onSave: (text: string) => void
  onCancel: () => void
  /** Another way to end it. */
  children?: ComponentChildren
}

function TextForm({ label, hint, inputMode, first, longest, onSave, onCancel, children }: TextFormProps) {
  const text = useSignal(first)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  useLayoutEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  return (
    <OneForm
      isReady={text.value.trim() !== ''}
      onSave={() => {
        onSave(text.value.trim())
      }}
      onCancel={onCancel}
      others={children}
    >
      <label class={form.label} for={id}>
        {label}
      </label>
      <input
        ref={field}
        id={id}
        type="text"
        inputMode={inputMode ?? 'text'}
        class={form.field}
        value={text.value}
        maxLength={longest}
        autoComplete="off"
        spellcheck={false}
        aria-describedby={`${id}-hint`}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value
        }}
      />
      <p id={`${id}-hint`} class={form.hint}>
        {hint}
      </p>
    </OneForm>
  )
}

function MarkForm({
  row,
  onSave,
  onCancel,
}: {
  row: PersonRow
  onSave: (mark: 'present' | 'absent', reason: string) => void
  onCancel: () => void
}) {
  const said = useCorrectionWords().acts
  const mark = useSignal<'present' | 'absent'>(
    row.host?.mark?.mark ?? (row.meetsMinimum === true ? 'absent' : 'present'),
  )
  const reason = useSignal(row.host?.mark?.reason ?? '')
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    box.current?.querySelector<HTMLElement>('input:checked')?.focus()
  }, [])
  return (
    <OneForm
      isReady={reason.value.trim() !== ''}
      onSave={() => {
        onSave(mark.value, reason.value.trim())
      }}
      onCancel={onCancel}
    >
      <div ref={box}>
        <Segmented
          label={said.mark}
          value={mark.value}
          options={[
            { value: 'present', label: said.present },
            { value: 'absent', label: said.absent },
          ]}
          onChange={(next) => {
            mark.value = next
          }}
        />
      </div>
      <label class={form.label} for={id}>
        {said.reason}
      </label>
      <input
        id={id}
        type="text"
        class={form.field}
        value={reason.value}
        maxLength={500}
        autoComplete="off"
        aria-describedby={`${id}-hint`}
        onInput={({ currentTarget }) => {
          reason.value = currentTarget.value
        }}
      />
      <p id={`${id}-hint`} class={form.hint}>
        {said.reasonHint}
      </p>
    </OneForm>
  )
}

interface OneFormProps {
  isReady: boolean
  onSave: () => void
  onCancel: () => void
  others?: ComponentChildren
  children: ComponentChildren
}

/** Enter saves; Escape closes the form, not the sheet around it. */
function OneForm({ isReady, onSave, onCancel, others, children }: OneFormProps) {
  const { working } = useCorrecting()
  const said = useCorrectionWords().acts
  const box = useRef<HTMLFormElement>(null)
  useLayoutEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <form
      ref={box}
      class={form.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && !working.value) onSave()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onCancel()
      }}
    >
      {children}
      <div class={form.buttons}>
        <button
          type="submit"
          class={`${shared.button} ${shared.main}`}
          disabled={!isReady}
          aria-disabled={working.value}
        >
          {working.value ? said.saving : said.save}
        </button>
        <button type="button" class={shared.button} onClick={onCancel}>
          {said.cancel}
        </button>
        {others}
      </div>
    </form>
  )
}
