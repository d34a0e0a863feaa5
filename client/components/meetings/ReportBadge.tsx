import type { GatheringItem } from '../../../shared/wire/index.ts'
import { reportKind, reportSentence } from '../../../shared/words/report.ts'
import { useWords } from '../../context.ts'
import { Icon, type IconName } from '../Icon.tsx'
import { useMeetingWords } from './words.ts'
import styles from './ReportBadge.module.css'

const icons: Record<NonNullable<ReturnType<typeof reportKind>>, IconName> = {
  provisional: 'clock',
  final: 'here',
  gaps: 'flag',
  unavailable: 'none',
}

/** Where a gathering stands in a word and a sign, never by colour alone: live, provisional, final, or out of reach. */
export function ReportBadge({ item }: { item: GatheringItem }) {
  const { language, format } = useWords()
  const said = useMeetingWords().history
  if (item.standing === 'none' && !item.opensAtEnd) {
    return (
      <span class={`${styles.badge} ${styles.ask}`}>
        <Icon name="lock" size={12} />
        {item.request === 'pending' ? said.asked : said.ask}
      </span>
    )
  }
  if (item.opensAtEnd || (item.endedAt === null && item.report.state === 'none')) {
    return (
      <span class={`${styles.badge} ${styles.live}`}>
        <i class={styles.dot} aria-hidden="true" />
        {said.live}
      </span>
    )
  }
  const kind = reportKind(item.report)
  const sentence = reportSentence(item.report, language, format, Date.now())
  if (kind === null || sentence === null) return null
  return (
    <span class={`${styles.badge} ${styles[kind]}`}>
      <Icon name={icons[kind]} size={12} />
      {sentence.badge}
    </span>
  )
}
