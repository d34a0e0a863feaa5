import { problemWords } from '../../shared/words/index.ts'
import { usePanel, useWords } from '../context.ts'
import { Notice } from './Notice.tsx'
import { RequestNotice } from './settings/RequestNotice.tsx'
import shared from './shared.module.css'

/** What a host should know about the list before believing it; the list itself stays below. */
export function Notices() {
  const { session } = usePanel()
  return (
    <>
      {session.takenOver.value ? <TakenOver /> : <FeedTrouble />}
      <RequestNotice />
      <NewRole />
      <ListTrouble />
      <MissingWitness />
    </>
  )
}

/** Another window took this session; here it can be taken back. */
export function TakenOver() {
  const { session, roster } = usePanel()
  const { words, language } = useWords()
  const said = problemWords('session_taken_over', language)
  async function takeBack() {
    await session.useHere()
    if (!session.takenOver.value) roster.resume()
  }
  return (
    <Notice tone="alarm" icon="warning" title={`${said.what}.`} text={said.next}>
      <button type="button" class={shared.button} onClick={() => void takeBack()}>
        {words.faces.useHere}
      </button>
    </Notice>
  )
}

function FeedTrouble() {
  const { roster } = usePanel()
  const { words, language } = useWords()
  const feed = roster.feed.value
  if (feed.status === 'polling') return <Notice tone="plain" icon="plug" title={words.live.polling} />
  if (feed.status !== 'retrying') return null
  const said = problemWords(feed.code, language)
  return (
    <Notice tone="late" icon="plug" title={`${said.what}.`} text={said.next}>
      <button type="button" class={shared.link} onClick={roster.retry}>
        {words.faces.tryAgain}
      </button>
    </Notice>
  )
}

function NewRole() {
  const { newRole, dismissNewRole } = usePanel()
  const { words } = useWords()
  const role = newRole.value
  if (role === null) return null
  return (
    <Notice tone="plain" icon="info" title={words.live.roleChanged(words.roles[role])}>
      <button type="button" class={shared.link} onClick={dismissNewRole}>
        {words.faces.close}
      </button>
    </Notice>
  )
}

/** Zoom or the server keeps this panel's view of the list out; the other witnesses go on. */
function ListTrouble() {
  const { observer, roster } = usePanel()
  const { words, language } = useWords()
  const trouble = observer.trouble.value
  if (trouble === null || (roster.head.value?.endedAt ?? null) !== null) return null
  switch (trouble.kind) {
    case 'refused':
      return (
        <Notice
          tone="late"
          icon="warning"
          title={`${words.live.listRefusedTitle}.`}
          text={words.live.listRefused(trouble.code)}
        />
      )
    case 'too_large':
      return (
        <Notice
          tone="late"
          icon="warning"
          title={`${words.live.listTooLargeTitle}.`}
          text={words.live.listTooLarge}
        />
      )
    case 'unsaved': {
      // A stream may stay open while the database behind it is silent; when it does not, it says so itself.
      if (roster.feed.value.status !== 'live') return null
      const said = problemWords(trouble.code, language)
      return <Notice tone="late" icon="plug" title={`${said.what}.`} text={said.next} />
    }
  }
}

/** A list of which only panels tell is not the whole truth: say so before anybody believes it. */
function MissingWitness() {
  const { roster } = usePanel()
  const { words } = useWords()
  const head = roster.head.value
  if (head === null || head.endedAt !== null) return null
  if (head.capture === 'panel_only') {
    return (
      <Notice tone="late" icon="info" title={`${words.live.panelOnlyTitle}.`} text={words.live.panelOnly} />
    )
  }
  if (head.witnesses.length === 0 || head.witnesses.includes('webhook')) return null
  return (
    <Notice tone="late" icon="info" title={`${words.live.noWebhookTitle}.`} text={words.live.noWebhook} />
  )
}
