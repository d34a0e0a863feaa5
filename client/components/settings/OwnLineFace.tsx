import { useEffect, useState } from 'preact/hooks'
import { problemWords } from '../../../shared/words/index.ts'
import { ownLineWords } from '../../../shared/words/own-line.ts'
import type { OwnLine, PersonRow } from '../../../shared/wire/index.ts'
import { usePanel, useWords } from '../../context.ts'
import { createOwnLineModel } from '../../models/own-line.ts'
import { Face } from '../Face.tsx'
import { PresenceBar } from '../PresenceBar.tsx'
import shared from '../shared.module.css'
import { Skeleton } from '../Skeleton.tsx'
import { StayList } from '../StayList.tsx'
import styles from './OwnLineFace.module.css'

/** What a participant sees: their own line, and nothing of anybody else. */
export function OwnLineFace() {
  const { parts, session } = usePanel()
  const [ownLine] = useState(() => createOwnLineModel({ ...parts, session }))
  const { words, language } = useWords()
  const state = ownLine.state.value
  const current = session.state.value
  const gatheringId = current.status === 'ready' ? current.ownLineOf : null
  useEffect(() => ownLine.watch(), [ownLine, gatheringId])
  switch (state.status) {
    case 'loading':
      return <Skeleton />
    case 'none':
      return (
        <Face
          icon="people"
          title={ownLineWords(language).participantTitle}
          text={[ownLineWords(language).participant, ownLineWords(language).participantNext]}
        />
      )
    case 'failed': {
      const said = problemWords(state.code, language)
      return (
        <Face icon="plug" title={ownLineWords(language).failed} text={[said.why, said.next]} alert>
          <button
            type="button"
            class={`${shared.button} ${shared.main}`}
            onClick={() => void ownLine.refresh()}
          >
            {words.faces.tryAgain}
          </button>
        </Face>
      )
    }
    case 'read':
      return <Line line={state.line} readAtMs={state.readAtMs} />
  }
}

function Line({ line, readAtMs }: { line: OwnLine; readAtMs: number }) {
  const { words, language } = useWords()
  const said = ownLineWords(language)
  return (
    <main class={styles.screen}>
      <p class={styles.topic}>
        <bdi>{line.topic ?? words.live.untitled}</bdi>
      </p>
      {line.person === null ? <Unnamed /> : <Person line={line} person={line.person} readAtMs={readAtMs} />}
      <footer class={styles.footer}>
        {line.person === null ? null : <p>{said.only}</p>}
        <p>{said.participant}</p>
        {line.endedAt === null ? <p>{said.participantNext}</p> : null}
      </footer>
    </main>
  )
}

function Unnamed() {
  const { language } = useWords()
  const said = ownLineWords(language)
  return (
    <>
      <h1 class={styles.headline}>{said.unnamedTitle}</h1>
      <p class={styles.text}>{said.unnamed}</p>
      <p class={styles.text}>{said.unnamedNext}</p>
    </>
  )
}

function Person({ line, person, readAtMs }: { line: OwnLine; person: PersonRow; readAtMs: number }) {
  const { words, language, format } = useWords()
  const said = ownLineWords(language)
  const minutes = format.minutes(person.presentSeconds)
  const starts = [line.startedAt, ...person.stays.map(({ from }) => from)]
    .filter((instant) => instant !== null)
    .map((instant) => Date.parse(instant))
  const headline =
    person.state === 'here'
      ? said.presentNow(minutes)
      : person.state === 'waiting' && person.presentSeconds === 0
        ? said.waitingOnly
        : said.present(minutes)
  return (
    <>
      <h1 class={styles.headline}>{headline}</h1>
      <p class={styles.text}>
        {said.as} <bdi class={styles.name}>{person.name.trim() || words.row.nameless}</bdi>
      </p>
      <div class={styles.bar}>
        <PresenceBar
          stays={person.stays}
          fromMs={Math.min(...starts, readAtMs)}
          toMs={line.endedAt === null ? readAtMs : Date.parse(line.endedAt)}
        />
      </div>
      <h2 class={shared.caption}>{words.person.stays}</h2>
      <StayList stays={person.stays} time={format.time} />
      <p class={styles.quiet}>{said.provisional}</p>
    </>
  )
}
