import { useSignal } from '@preact/signals'
import type { ImportMatch, ImportPreview } from '../../../shared/wire/index.ts'
import { importWords } from '../../../shared/words/imports.ts'
import { useWords } from '../../context.ts'
import type { ImportModel } from '../../models/importing.ts'
import type { LookedMeeting } from '../../reading/index.ts'
import form from '../form.module.css'
import styles from './Preview.module.css'
import { ShowAll } from './ShowAll.tsx'

/** At first; all of them when that is asked for. */
const MOST_MEETINGS = 8

interface FiledMeetingsProps {
  model: ImportModel
  meetings: readonly LookedMeeting[]
  preview: ImportPreview | null
}

/** The meetings of a file, and where each would go. */
export function FiledMeetings({ model, meetings, preview }: FiledMeetingsProps) {
  const { language, format } = useWords()
  const said = importWords(language)
  const whole = useSignal(false)
  const shown = whole.value ? meetings : meetings.slice(0, MOST_MEETINGS)
  return (
    <ul class={styles.meetings}>
      {shown.map((meeting, place) => {
        const { index, topic, number, startMs, endMs, rows } = meeting
        const found = preview?.meetings[place] ?? null
        return (
          <li key={index} class={styles.meeting}>
            <bdi class={styles.topic}>{topic ?? said.untitled}</bdi>
            <span class={styles.quiet}>
              {format.date(startMs)} · {format.time(startMs)}–{format.time(endMs)}
              {number === null ? '' : ` · ${said.number(number)}`} · {said.rows(rows)}
            </span>
            <span class={styles.goes} role="status">
              {found === null
                ? said.asking
                : found.goesTo !== null
                  ? said.goesTo(found.goesTo.topic ?? said.untitled, whenOf(format, found.goesTo.startedAt))
                  : found.maybe.length === 0
                    ? said.isNew
                    : null}
            </span>
            {found !== null && found.goesTo === null && found.maybe.length > 0 ? (
              <Belongs model={model} index={index} maybe={found.maybe} />
            ) : null}
          </li>
        )
      })}
      {shown.length < meetings.length ? (
        <li>
          <ShowAll label={said.allMeetings(meetings.length)} whole={whole} />
        </li>
      ) : null}
    </ul>
  )
}

interface BelongsProps {
  model: ImportModel
  index: number
  maybe: readonly ImportMatch[]
}

/** Time alone proves nothing: the person says where a meeting without a number goes. */
function Belongs({ model, index, maybe }: BelongsProps) {
  const { language, format } = useWords()
  const said = importWords(language)
  return (
    <label class={styles.option}>
      {said.belongsTo}
      <select
        class={`${form.select} ${styles.select}`}
        value={model.into.value.get(index) ?? ''}
        onChange={({ currentTarget: { value } }) => {
          model.setInto(index, value === '' ? null : value)
        }}
      >
        <option value="">{said.makeNew}</option>
        {maybe.map(({ gatheringId, topic, startedAt }) => (
          <option key={gatheringId} value={gatheringId}>
            {topic ?? said.untitled}, {whenOf(format, startedAt)}
          </option>
        ))}
      </select>
    </label>
  )
}

/** A day and a time, as the sheet tells them; nothing for nothing. */
export function whenOf(format: ReturnType<typeof useWords>['format'], iso: string | null): string {
  if (iso === null) return ''
  const ms = Date.parse(iso)
  return `${format.date(ms)}, ${format.time(ms)}`
}
