import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { baseStretch } from '../../shared/words/base.ts'
import { expectedWords } from '../../shared/words/expected.ts'
import { minimumWords } from '../../shared/words/minimum.ts'
import { usePanel, useWords } from '../context.ts'
import { presentSeconds, waitingSeconds, type Entry } from '../models/table.ts'
import { otherNames } from './circumstances.ts'
import { EvidenceCard } from './corrections/EvidenceCard.tsx'
import { MergeView, ROW_PX } from './corrections/MergeView.tsx'
import { Toast } from './corrections/Toast.tsx'
import { useCorrecting, useCorrectionWords } from './corrections/useCorrecting.ts'
import { Icon } from './Icon.tsx'
import { Sheet } from './Sheet.tsx'
import shared from './shared.module.css'
import styles from './PersonSheet.module.css'

interface PersonSheetProps {
  id: string
  /** This person is somebody under another id now: merged, say, here or by another host. */
  onFollow: (id: string) => void
  /** The history of all corrections is wished for. */
  onHistory: () => void
  onClose: () => void
}

/** How high the list of people to merge with would like to be, with what stands above it. */
const MERGE_PX = 130

/** One person opened: where and when, how we know that it is one person, and what the host says about them. */
export function PersonSheet({ id, onFollow, onHistory, onClose }: PersonSheetProps) {
  const { roster } = usePanel()
  const correcting = useCorrecting()
  const { words } = useWords()
  const said = useCorrectionWords()
  const merging = useSignal(false)
  const search = useSignal('')
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const cameBack = useRef(false)
  void roster.revision.value
  const gatheringId = roster.head.value?.id ?? null
  const now = roster.table.get(id)
  // Somebody may become somebody else while the sheet is open: until it is known who, what was known stays.
  const last = useRef<Entry | undefined>(now)
  if (now !== undefined) last.current = now
  const entry = last.current
  const card = correcting.card.value
  // At first the card of whom one looked at before is still there.
  const isOwn = correcting.cardOf.value === id
  const read =
    isOwn && (card.status !== 'ready' || card.answer.id === id) ? card : { status: 'loading' as const }

  useEffect(() => {
    if (gatheringId !== null) correcting.openPerson(gatheringId, id)
  }, [correcting, gatheringId, id, now])
  useEffect(() => {
    if (!isOwn) return
    if (card.status === 'ready' && card.answer.id !== id && roster.table.get(card.answer.id) !== undefined)
      onFollow(card.answer.id)
    else if (now === undefined && card.status === 'failed' && card.code === 'not_found') onClose()
  })

  // Whoever looked for somebody to merge with, and left, is where they were.
  useLayoutEffect(() => {
    if (!cameBack.current || merging.value) return
    cameBack.current = false
    content.current?.querySelector<HTMLElement>('[data-merge]')?.focus()
  })

  if (entry === undefined) return null
  const { row } = entry
  function merged(personId: string | null): void {
    merging.value = false
    search.value = ''
    if (personId !== null && personId !== id && roster.table.get(personId) !== undefined) onFollow(personId)
  }
  const title = row.name.trim() || words.row.nameless
  if (merging.value)
    return (
      <Sheet
        title={said.merge.title}
        onClose={onClose}
        body={scroller}
        listPx={MERGE_PX + (roster.table.size() - 1) * ROW_PX}
      >
        <MergeView
          row={row}
          scroller={scroller}
          search={search}
          onMerged={merged}
          onBack={() => {
            cameBack.current = true
            merging.value = false
          }}
        />
      </Sheet>
    )
  return (
    <Sheet title={title} {...(row.email === null ? {} : { subtitle: row.email })} onClose={onClose}>
      <div ref={content}>
        <Facts entry={entry} />
        <EvidenceCard
          row={row}
          read={read}
          onMerge={() => {
            correcting.calm()
            merging.value = true
          }}
          onMerged={merged}
        />
      </div>
      <p class={styles.all}>
        <button type="button" class={shared.link} onClick={onHistory}>
          {said.acts.everyone}
        </button>
      </p>
      <div class={styles.toast}>
        <Toast />
      </div>
    </Sheet>
  )
}

/** What the list itself knows of somebody, and how they stand to what 100 % is. */
function Facts({ entry }: { entry: Entry }) {
  const { roster } = usePanel()
  const { words, format, language } = useWords()
  const said = useCorrectionWords()
  const { row } = entry
  const nowMs = roster.nowMs.value
  const over = (roster.head.value?.endedAt ?? null) !== null
  const others = otherNames(row)
  const waited = waitingSeconds(entry, nowMs)
  const mark = row.host?.mark ?? null
  if (row.onListOnly) return <p class={styles.registered}>{expectedWords(language).didNotCome}</p>
  return (
    <>
      {row.seenLiveOnly ? (
        <p class={styles.liveOnly}>
          <Icon name="flag" size={12} /> {words.row.seenLiveOnly}
        </p>
      ) : null}
      {mark === null ? null : (
        <p class={styles.mark}>
          <Icon name={mark.mark === 'present' ? 'here' : 'none'} size={14} />
          <span>
            <strong>{said.marks[mark.mark]}.</strong> <bdi>{mark.reason}</bdi>
          </span>
        </p>
      )}
      <RegisteredAs row={row} />
      <dl class={styles.facts}>
        <Fact name={words.person.present}>
          {format.minutes(presentSeconds(entry, nowMs))}
          {over ? null : ` · ${words.states[row.state]}`}
        </Fact>
        <Share row={row} />
        {waited >= 1 ? (
          <Fact name={words.person.waited}>
            {format.duration(waited)} ({words.person.notCounted})
          </Fact>
        ) : null}
        {row.labels.length === 0 ? null : (
          <Fact name={said.labels}>
            {row.labels.map(({ name, by }) => (
              <bdi key={`${by} ${name}`} class={styles.label}>
                {name}
              </bdi>
            ))}
          </Fact>
        )}
        {others.length === 0 ? null : (
          <Fact name={words.person.otherNames}>
            {others.map((name) => (
              <bdi key={name} class={styles.other}>
                {name}
              </bdi>
            ))}
          </Fact>
        )}
        <Fact name={words.person.role}>{words.roles[row.role]}</Fact>
      </dl>
    </>
  )
}

/** Under which name somebody registered; by whose link they came, where that is somebody else's. */
function RegisteredAs({ row: { registration } }: { row: Entry['row'] }) {
  const { words, language } = useWords()
  const said = expectedWords(language)
  if (registration === null) return null
  const { name, standing, others, ofAnother } = registration
  const more = [
    standing === 'approved' ? '' : said.standings[standing].toLocaleLowerCase(language),
    others > 0 ? said.moreRegistrations(others) : '',
  ].filter((part) => part !== '')
  return (
    <p class={ofAnother ? styles.liveOnly : styles.registered}>
      {ofAnother ? <Icon name="flag" size={12} /> : null} {ofAnother ? said.byLinkOf : said.as}{' '}
      <bdi>{name.trim() || words.row.nameless}</bdi>
      {more.length === 0 ? null : ` (${more.join(', ')})`}
    </p>
  )
}

function Share({ row: { share, meetsMinimum, host } }: { row: Entry['row'] }) {
  const { roster } = usePanel()
  const { language } = useWords()
  const said = useCorrectionWords()
  const base = roster.head.value?.base ?? null
  if (base === null || (share === null && meetsMinimum === null)) return null
  return (
    <Fact name={said.share}>
      {share === null
        ? '–'
        : said.shareOf(minimumWords(language).share(share * 100), baseStretch(base, language))}
      {meetsMinimum === null ? null : (
        <span class={`${styles.verdict} ${meetsMinimum ? styles.reached : styles.below}`}>
          <Icon name={meetsMinimum ? 'here' : 'none'} size={14} />
          {meetsMinimum ? said.reached : said.notReached}
          {(host?.mark ?? null) === null ? null : ` · ${said.byHost}`}
        </span>
      )}
    </Fact>
  )
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
