import { baseSentence, baseWords } from '../../../shared/words/base.ts'
import { usePanel, useWords } from '../../context.ts'
import { ProposalsEntry } from '../corrections/ProposalsEntry.tsx'
import shared from '../shared.module.css'
import styles from './BaseLine.module.css'

/** What 100 % is, wherever shares stand under it; from here it is changed, and what was corrected is looked at. */
export function BaseLine({
  onOpen,
}: {
  onOpen: (sheet: 'rules' | 'corrections' | 'proposals' | 'tidying') => void
}) {
  const { roster } = usePanel()
  const { language } = useWords()
  const said = baseWords(language)
  const head = roster.head.value
  if (head === null) return null
  return (
    <p class={styles.line}>
      <span class={styles.base}>
        {head.base !== null
          ? baseSentence(head.base, language)
          : head.endedAt === null
            ? said.untilOver
            : said.nothingLeft}
      </span>{' '}
      <span class={styles.ways}>
        <ProposalsEntry onOpen={onOpen} />
        {(['rules', 'corrections'] as const).map((sheet) => (
          <button
            key={sheet}
            type="button"
            class={shared.link}
            onClick={() => {
              onOpen(sheet)
            }}
          >
            {said[sheet]}
          </button>
        ))}
      </span>
    </p>
  )
}
