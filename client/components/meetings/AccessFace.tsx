import { useEffect } from 'preact/hooks'
import type { GatheringDetail } from '../../../shared/wire/index.ts'
import { problemWords } from '../../../shared/words/index.ts'
import { usePanel, useWords } from '../../context.ts'
import { Face } from '../Face.tsx'
import shared from '../shared.module.css'
import { MeetingHeader } from './MeetingHeader.tsx'
import { useMeetingWords } from './words.ts'
import styles from './AccessFace.module.css'

/** The host may let somebody in at any moment, or end the meeting; the list is then wanted without a press. */
const LOOK_EVERY_MS = 5_000

/** A co-host without the list: when it opens by itself, or who can open it and how to ask. */
export function AccessFace({ detail, beside }: { detail: GatheringDetail; beside: boolean }) {
  const { meeting, parts } = usePanel()
  const { language } = useWords()
  const words = useMeetingWords()
  const said = words.access
  const working = meeting.working.value === 'access'
  const trouble = meeting.trouble.value?.work === 'access' ? meeting.trouble.value.code : null
  const problem = trouble === null ? null : problemWords(trouble, language)
  const pending = detail.request === 'pending'
  const later = detail.opensAtEnd
  useEffect(() => {
    if (!pending && !later) return
    const beat = setInterval(() => {
      if (parts.isVisible()) void meeting.refresh()
    }, LOOK_EVERY_MS)
    return () => {
      clearInterval(beat)
    }
  }, [pending, later, meeting, parts])
  const face = later
    ? { title: said.laterTitle, text: [said.later, said.laterNext] }
    : pending
      ? { title: said.pendingTitle, text: [said.pending] }
      : detail.request === 'refused'
        ? { title: said.refusedTitle, text: [said.refused] }
        : { title: said.noneTitle, text: [said.none, said.noneNext] }
  return (
    <main class={styles.screen}>
      <MeetingHeader
        topic={later ? words.history.untoldNow : words.history.untold}
        startedAt={detail.startedAt}
        endedAt={detail.endedAt}
        beside={beside}
      />
      <Face inside icon={later || pending ? 'clock' : 'lock'} title={face.title} text={face.text}>
        {later ? null : pending ? (
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
