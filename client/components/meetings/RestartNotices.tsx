import type { Restart } from '../../../shared/wire/index.ts'
import { fromTo, problemWords } from '../../../shared/words/index.ts'
import { usePanel, useWords } from '../../context.ts'
import type { RestartDone } from '../../models/meeting.ts'
import { Notice } from '../Notice.tsx'
import shared from '../shared.module.css'
import { useMeetingWords } from './words.ts'
import styles from './RestartNotices.module.css'

/** Zoom counts a restarted meeting as another one; whether it is the same lesson is the host's to say, and to unsay. */
export function RestartNotices() {
  const { meeting } = usePanel()
  const { language } = useWords()
  const detail = meeting.detail.value
  const trouble = meeting.trouble.value
  if (detail === null || !detail.mayManage) return null
  return (
    <>
      {detail.restarts.map((restart) =>
        restart.state === 'proposed' ? (
          <Proposed key={restart.otherId} restart={restart} />
        ) : (
          <Joined key={restart.otherId} restart={restart} />
        ),
      )}
      {meeting.restartDone.value === null ? null : <Done done={meeting.restartDone.value} />}
      {trouble?.work === 'restart' ? (
        <Notice
          tone="alarm"
          icon="warning"
          title={`${problemWords(trouble.code, language).what}.`}
          text={problemWords(trouble.code, language).next}
        />
      ) : null}
    </>
  )
}

function Proposed({ restart }: { restart: Restart }) {
  const { meeting } = usePanel()
  const { format } = useWords()
  const said = useMeetingWords().restart
  const working = meeting.working.value === 'restart'
  const gap = format.minutes(Math.abs(restart.gapSeconds))
  const later = (restart.startedAt ?? '') >= (meeting.detail.value?.startedAt ?? '')
  const what = restart.gapSeconds < 0 ? said.overlapping : later ? said.later(gap) : said.earlier(gap)
  return (
    <Notice tone="plain" icon="info" title={what} text={said.question}>
      <span class={styles.choices}>
        <button
          type="button"
          class={shared.button}
          aria-disabled={working}
          onClick={() => void meeting.join(restart)}
        >
          {working ? said.working : said.join}
        </button>
        <button
          type="button"
          class={shared.button}
          aria-disabled={working}
          onClick={() => void meeting.keepApart(restart)}
        >
          {said.keepApart}
        </button>
      </span>
    </Notice>
  )
}

function Joined({ restart }: { restart: Restart }) {
  const { meeting } = usePanel()
  const { format } = useWords()
  const said = useMeetingWords().restart
  const { startedAt, endedAt } = restart
  const times =
    startedAt === null
      ? null
      : fromTo(format.time(Date.parse(startedAt)), endedAt === null ? '' : format.time(Date.parse(endedAt)))
  return (
    <Notice tone="plain" icon="info" title={times === null ? said.joinedUntimed : said.joined(times)}>
      <button
        type="button"
        class={shared.link}
        aria-disabled={meeting.working.value === 'restart'}
        onClick={() => void meeting.takeApart(restart)}
      >
        {said.takeApart}
      </button>
    </Notice>
  )
}

function Done({ done }: { done: RestartDone }) {
  const said = useMeetingWords().restart
  const { undo } = done
  // Joining is undone by its own notice, which is there from now on.
  if (done.act === 'joined') return null
  return (
    <Notice tone="plain" icon="here" title={done.act === 'split' ? said.saidSplit : said.saidApart}>
      {undo === null ? null : (
        <button type="button" class={shared.link} onClick={() => void undo()}>
          {said.undo}
        </button>
      )}
    </Notice>
  )
}
