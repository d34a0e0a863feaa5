import { reportKind, reportSentence, SOON_MS } from '../../../shared/words/report.ts'
import { problemWords } from '../../../shared/words/index.ts'
import { usePanel, useWords } from '../../context.ts'
import { Icon, type IconName } from '../Icon.tsx'
import shared from '../shared.module.css'
import { useNow } from '../useNow.ts'
import { useMeetingWords } from './words.ts'
import styles from './ReportNotice.module.css'

interface ReportNoticeProps {
  /** From the live screen: the gathering to open for what else there is to it. */
  leadsToMeeting?: string
}

const icons: Record<NonNullable<ReturnType<typeof reportKind>>, IconName> = {
  provisional: 'clock',
  final: 'here',
  gaps: 'flag',
  unavailable: 'none',
}

/** How far the list is from final: what stands, why, what comes next, and what its owner can do. */
export function ReportNotice({ leadsToMeeting }: ReportNoticeProps) {
  const { roster, meeting, navigation } = usePanel()
  const { language, format } = useWords()
  const words = useMeetingWords()
  const detail = meeting.detail.value
  const status = roster.head.value?.report ?? detail?.report ?? null
  const kind = status === null ? null : reportKind(status)
  const nextTryAt = status?.nextTryAt ?? null
  const nowMs = useNow(nextTryAt === null ? null : Date.parse(nextTryAt) - SOON_MS)
  const said = status === null ? null : reportSentence(status, language, format, nowMs)
  if (status === null || kind === null || said === null) return null
  const asking = meeting.working.value === 'report'
  const asked = meeting.reportAsked.value
  const trouble = meeting.trouble.value?.work === 'report' ? meeting.trouble.value.code : null
  const mayRetry =
    leadsToMeeting === undefined &&
    detail?.mayManage === true &&
    kind !== 'final' &&
    status.reason !== 'panel_only' &&
    status.reason !== 'imported' &&
    status.reason !== 'reconnect'
  return (
    <section class={`${styles.notice} ${styles[kind]}`}>
      <span class={styles.sign}>
        <Icon name={icons[kind]} />
      </span>
      <div class={styles.body}>
        <div class={styles.words} role="status">
          <strong class={styles.title}>{said.what}</strong>
          {said.why === '' && said.next === '' ? null : (
            <p>
              {said.why} {said.next}
            </p>
          )}
          {asked === null ? null : <p>{words.meeting.asked[asked]}</p>}
          {trouble === null ? null : (
            <p class={styles.trouble}>
              {problemWords(trouble, language).what}. {problemWords(trouble, language).next}
            </p>
          )}
        </div>
        {leadsToMeeting === undefined ? null : (
          <button
            type="button"
            class={shared.link}
            onClick={() => {
              navigation.openMeeting(leadsToMeeting)
            }}
          >
            {words.meeting.open}
          </button>
        )}
        {status.reason === 'reconnect' && kind !== 'final' ? (
          <button
            type="button"
            class={shared.link}
            onClick={() => {
              navigation.go('settings')
            }}
          >
            {words.meeting.openSettings}
          </button>
        ) : null}
        {mayRetry && asked !== 'now' ? (
          <button
            type="button"
            class={shared.link}
            aria-disabled={asking}
            onClick={() => void meeting.tryReportNow()}
          >
            {asking ? words.meeting.trying : words.meeting.tryNow}
          </button>
        ) : null}
      </div>
    </section>
  )
}
