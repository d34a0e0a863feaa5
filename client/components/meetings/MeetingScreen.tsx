import { useSignal, type Signal } from '@preact/signals'
import type { GatheringDetail } from '../../../shared/wire/index.ts'
import { problemWords } from '../../../shared/words/index.ts'
import { usePanel, useWords } from '../../context.ts'
import { EndedHeadline } from '../EndedHeadline.tsx'
import { ExportSheet } from '../ExportSheet.tsx'
import { Face } from '../Face.tsx'
import { Headline } from '../Headline.tsx'
import { Notices } from '../Notices.tsx'
import { PeopleScreen, Unreachable, type OpenSheet } from '../PeopleScreen.tsx'
import shared from '../shared.module.css'
import { Skeleton } from '../Skeleton.tsx'
import { AccessFace } from './AccessFace.tsx'
import { ConcurrencyCurve } from './ConcurrencyCurve.tsx'
import { DifferencesSheet } from './DifferencesSheet.tsx'
import { MeetingHeader } from './MeetingHeader.tsx'
import { ReportNotice } from './ReportNotice.tsx'
import { RestartNotices } from './RestartNotices.tsx'
import { useMeetingWords } from './words.ts'
import styles from './MeetingScreen.module.css'

/** One gathering: who came, when, how sure that is, and what leaves from here. `beside`: the history stands beside it. */
export function MeetingScreen({ beside }: { beside: boolean }) {
  const { roster, meeting, exporting } = usePanel()
  const words = useMeetingWords()
  const open = useSignal<OpenSheet>(null)
  const detail = meeting.detail.value
  const state = meeting.state.value

  if (state.status === 'failed') return <Failed code={state.code} />
  if (detail === null) return <Skeleton />
  if (detail.standing === 'none') return <AccessFace detail={detail} beside={beside} />
  const head = roster.head.value
  if (roster.summary.value === null || head === null)
    return roster.feed.value.status === 'retrying' ? <Unreachable /> : <Skeleton />

  const over = head.endedAt !== null
  const compares = over && head.capture === 'full'
  return (
    <PeopleScreen
      open={open}
      exportAbove={false}
      mayReadEmails={detail.mayReadEmails}
      namesBase
      top={
        <>
          <MeetingHeader
            topic={head.topic ?? detail.topic}
            startedAt={head.startedAt ?? detail.startedAt}
            endedAt={head.endedAt}
            beside={beside}
          >
            {over ? <EndedHeadline /> : <Headline />}
          </MeetingHeader>
          <Notices />
          {over ? <ReportNotice /> : null}
          <RestartNotices />
          <ConcurrencyCurve />
        </>
      }
      empty={<Face inside icon="people" title={words.meeting.nobody} text={[words.meeting.nobodyNext]} />}
      footer={
        compares || detail.mayExport ? (
          <div class={styles.acts}>
            {compares ? (
              <button
                type="button"
                class={shared.button}
                onClick={() => {
                  open.value = { sheet: 'differences' }
                }}
              >
                {words.meeting.differences}
              </button>
            ) : null}
            {detail.mayExport ? (
              <button
                type="button"
                class={`${shared.button} ${shared.main}`}
                onClick={() => {
                  exporting.reset()
                  open.value = { sheet: 'export' }
                }}
              >
                {words.meeting.export}
              </button>
            ) : null}
          </div>
        ) : null
      }
    >
      <DifferenceSheets open={open} detail={detail} compared={head.report.fetchedAt !== null} />
    </PeopleScreen>
  )
}

/** What the report changed, and its export; closing that leads back to it. */
function DifferenceSheets({
  open,
  detail,
  compared,
}: {
  open: Signal<OpenSheet>
  detail: GatheringDetail
  compared: boolean
}) {
  const { exporting } = usePanel()
  switch (open.value?.sheet) {
    case 'differences':
      return (
        <DifferencesSheet
          gatheringId={detail.id}
          compared={compared}
          onOpen={(id) => {
            open.value = { sheet: 'person', id, back: 'differences' }
          }}
          onExport={
            detail.mayExport
              ? () => {
                  exporting.reset()
                  open.value = { sheet: 'export_differences' }
                }
              : null
          }
          onClose={() => {
            open.value = null
          }}
        />
      )
    case 'export_differences':
      return (
        <ExportSheet
          what="differences"
          mayReadEmails={detail.mayReadEmails}
          onClose={() => {
            open.value = { sheet: 'differences' }
          }}
        />
      )
    default:
      return null
  }
}

function Failed({ code }: { code: Parameters<typeof problemWords>[0] }) {
  const { meeting, navigation } = usePanel()
  const { words, language } = useWords()
  const said = useMeetingWords().meeting
  const problem = problemWords(code, language)
  return (
    <Face icon="plug" title={problem.what} text={[problem.why, problem.next]} alert>
      <button type="button" class={`${shared.button} ${shared.main}`} onClick={() => void meeting.refresh()}>
        {words.faces.tryAgain}
      </button>
      <button type="button" class={shared.link} onClick={navigation.back}>
        {said.back}
      </button>
    </Face>
  )
}
