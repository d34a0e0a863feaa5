import type { ComponentChildren } from 'preact'
import { batch } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import {
  expectedWords,
  inNoneSentence,
  readSentence,
  sumsSentence,
  type ExpectedCounts,
} from '../../../shared/words/expected.ts'
import { usePanel, useWords } from '../../context.ts'
import { cutOf } from '../../models/cut.ts'
import type { Show } from '../../models/table.ts'
import { SumsPicture } from './SumsPicture.tsx'
import styles from './ExpectedSums.module.css'

/** Who should have come and who came, as two sums whose parts are filters of the list; nothing where no list says who should. */
export function ExpectedSums() {
  const { roster, list } = usePanel()
  const { language } = useWords()
  const said = expectedWords(language)
  const sums = roster.summary.value?.expected ?? null
  if (sums === null) return null
  const over = (roster.head.value?.endedAt ?? null) !== null
  const { approved, came, waitedOnly, absent, registered, walkIns, staff, byForeignLink } = sums
  const inNone = inNoneSentence(sums, language)
  const remarks = [
    byForeignLink > 0 ? said.byForeignLink(byForeignLink) : '',
    came > registered ? said.twice(came - registered) : '',
    inNone ?? '',
    readSentence(sums, language),
  ].filter((remark) => remark !== '')
  // Of those who waited some may not have registered: then no list holds just these.
  const waiters = list.counts.value.waiting_only === waitedOnly ? 'waiting_only' : null
  return (
    <section class={styles.sums} aria-label={said.title}>
      <SumsPicture sums={sums} label={sumsSentence(sums, over, language)} />
      <p class={styles.sum}>
        <strong>{said.registered(approved)}:</strong>{' '}
        <Part show="registered" sign="both" text={said.parts.came(came)} />{' '}
        {waitedOnly === 0 ? null : (
          <>
            <Part show={waiters} sign="list" text={said.parts.waitedOnly(waitedOnly)} />{' '}
          </>
        )}
        {over ? (
          <Part show="absent" sign="list" text={said.parts.absent(absent)} />
        ) : (
          <Part show={null} sign="list" text={said.parts.notYet(absent)} />
        )}
      </p>
      <p class={styles.sum}>
        <strong>{said.came(registered + walkIns)}:</strong>{' '}
        <Part show="registered" sign="both" text={said.parts.registered(registered)} />{' '}
        <Part show="walk_in" sign="guests" text={said.parts.walkIns(walkIns)} />
      </p>
      <Cuts sums={sums} />
      <p class={styles.remarks}>{remarks.join(' ')}</p>
      {staff === 0 ? null : (
        <label class={styles.staff}>
          <input
            type="checkbox"
            role="switch"
            checked={list.staff.value}
            onChange={({ currentTarget }) => {
              list.staff.value = currentTarget.checked
            }}
          />
          <span>{said.staff(staff)}</span>
        </label>
      )}
    </section>
  )
}

/** The same people by the labels that rules give them, such as who left before a time of day: with whether that adds up. */
function Cuts({ sums }: { sums: ExpectedCounts }) {
  const { roster } = usePanel()
  const { language } = useWords()
  const said = expectedWords(language)
  const revision = roster.revision.value
  const cuts = useMemo(
    () =>
      (['registered', 'walk_in'] as const).map((show) => ({
        show,
        cut: cutOf(roster.table.select(show, '').map(({ row }) => row)),
      })),
    [roster, revision],
  )
  return (
    <>
      {cuts.map(({ show, cut }) => {
        if (cut === null) return null
        const ends = [
          cut.without > 0 ? said.without(cut.without) : '',
          cut.overlaps ? said.several : said.together(cut.total),
        ].filter((end) => end !== '')
        return (
          <p key={show} class={styles.sum}>
            {show === 'registered' ? said.ofRegistered(sums.registered) : said.ofWalkIns(sums.walkIns)}{' '}
            {cut.labels.map(({ name, count }) => (
              <Part key={name} show={show} label={name} text={<LabelCount name={name} count={count} />} />
            ))}{' '}
            <span class={styles.end}>{ends.join(', ')}</span>
          </p>
        )
      })}
    </>
  )
}

function LabelCount({ name, count }: { name: string; count: number }) {
  const { format } = useWords()
  return (
    <>
      {format.count(count)} <bdi>{name}</bdi>
    </>
  )
}

type Sign = 'guests' | 'both' | 'list'

/** A part of a sum: it shows those people, and again everybody. `show` null: no list holds just these. */
function Part({
  show,
  label = null,
  sign,
  text,
}: {
  show: Show | null
  label?: string | null
  sign?: Sign
  text: ComponentChildren
}) {
  const { list } = usePanel()
  const said = (
    <>
      {sign === undefined ? null : <i class={`${styles.sign} ${styles[sign]}`} aria-hidden="true" />}
      {text}
    </>
  )
  if (show === null) return <span class={styles.part}>{said}</span>
  const on = list.show.value === show && list.label.value === label
  return (
    <button
      type="button"
      class={`${styles.part} ${styles.button} ${on ? styles.on : ''}`}
      aria-pressed={on}
      onClick={() => {
        batch(() => {
          list.show.value = on ? 'all' : show
          list.label.value = on ? null : label
        })
      }}
    >
      {said}
    </button>
  )
}
