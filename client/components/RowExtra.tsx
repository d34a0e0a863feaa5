import type { PersonRow } from '../../shared/wire/index.ts'
import { correctionWords } from '../../shared/words/corrections.ts'
import { minimumWords } from '../../shared/words/minimum.ts'
import { useWords } from '../context.ts'
import { Icon } from './Icon.tsx'
import shared from './shared.module.css'
import styles from './RowExtra.module.css'

/** What a row tells beyond who was where when: it comes when the first row has some of it. */
export function RowExtra({ row, part }: { row: PersonRow; part: 'marks' | 'share' }) {
  return part === 'marks' ? <RowMarks row={row} /> : <RowShare row={row} />
}

/** What the host and the rules said of somebody, small, before what happened. */
function RowMarks({ row }: { row: PersonRow }) {
  const said = correctionWords(useWords().language)
  const { host, labels, identity } = row
  const mark = host?.mark ?? null
  const isCorrected =
    identity.rule === 'host_correction' || (host !== null && (host.name !== null || host.email !== null))
  return (
    <span class={styles.marks}>
      {mark === null ? null : <span class={`${styles.chip} ${styles.host}`}>{said.marks[mark.mark]}</span>}
      {labels.map(({ name, by }) => (
        <bdi key={`${by} ${name}`} class={styles.chip}>
          {name}
        </bdi>
      ))}
      {isCorrected ? (
        <span class={styles.corrected} title={said.corrected}>
          <svg
            width="12"
            height="12"
            viewBox="0 0 16 16"
            fill="none"
            stroke="currentColor"
            aria-hidden="true"
          >
            <path d="M3 13l1-3.4 7-7L13.4 5l-7 7z" stroke-width="1.4" stroke-linejoin="round" />
          </svg>
          <span class={shared.hidden}>{said.corrected}</span>
        </span>
      ) : null}{' '}
    </span>
  )
}

/** The share of what 100 % is, and whether it is enough: by a sign and by words, not by colour alone. */
function RowShare({ row: { share, meetsMinimum } }: { row: PersonRow }) {
  const { language } = useWords()
  const said = correctionWords(language)
  return (
    <span class={styles.share}>
      {share === null ? '–' : minimumWords(language).share(share * 100)}
      {meetsMinimum === null ? null : (
        <span class={meetsMinimum ? styles.reached : styles.below}>
          <Icon name={meetsMinimum ? 'here' : 'none'} size={13} />
          <span class={shared.hidden}>, {meetsMinimum ? said.reached : said.notReached}</span>
        </span>
      )}
    </span>
  )
}
