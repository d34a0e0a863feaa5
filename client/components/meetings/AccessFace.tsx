import type { GatheringDetail } from '../../../shared/wire/index.ts'
import { problemWords } from '../../../shared/words/index.ts'
import { usePanel, useWords } from '../../context.ts'
import { Face } from '../Face.tsx'
import shared from '../shared.module.css'
import { MeetingHeader } from './MeetingHeader.tsx'
import { useMeetingWords } from './words.ts'
import styles from './AccessFace.module.css'

/** A co-host whose host gives nothing after the meeting: who can change that, and how to ask. */
export function AccessFace({ detail, beside }: { detail: GatheringDetail; beside: boolean }) {
  const { meeting } = usePanel()
  const { language } = useWords()
  const words = useMeetingWords()
  const said = words.access
  const working = meeting.working.value === 'access'
  const trouble = meeting.trouble.value?.work === 'access' ? meeting.trouble.value.code : null
  const problem = trouble === null ? null : problemWords(trouble, language)
  const face =
    detail.request === 'pending'
      ? { title: said.pendingTitle, text: [said.pending] }
      : detail.request === 'refused'
        ? { title: said.refusedTitle, text: [said.refused] }
        : { title: said.noneTitle, text: [said.none, said.noneNext] }
  return (
    <main class={styles.screen}>
      <MeetingHeader
        topic={words.history.untold}
        startedAt={detail.startedAt}
        endedAt={detail.endedAt}
        beside={beside}
      />
      <Face inside icon={detail.request === 'pending' ? 'clock' : 'lock'} title={face.title} text={face.text}>
        {detail.request === 'pending' ? (
          <button type="button" class={shared.button} onClick={() => void meeting.refresh()}>
            {said.look}
          </button>
        ) : (
          <button
            type="button"
            class={`${shared.button} ${detail.request === 'refused' ? '' : shared.main}`}
            aria-disabled={working}
            onClick={() => void meeting.askForAccess()}
          >
            {working ? said.asking : detail.request === 'refused' ? said.askAgain : said.ask}
          </button>
        )}
        {problem === null ? null : (
          <p class={styles.trouble} role="alert">
            {problem.what}. {problem.next}
          </p>
        )}
      </Face>
    </main>
  )
}
