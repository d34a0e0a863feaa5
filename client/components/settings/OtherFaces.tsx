import { problemWords } from '../../../shared/words/index.ts'
import { connectingWords } from '../../../shared/words/connecting.ts'
import { usePanel, useWords } from '../../context.ts'
import { Face } from '../Face.tsx'
import { TryAgain } from '../TryAgain.tsx'
import { ConnectButton } from './ConnectButton.tsx'
import { useAuthorizing } from './useAuthorizing.ts'

/** Nothing is installed: never was, or was ended from this very panel. */
export function NotInstalledFace() {
  const model = usePanel()
  const { language } = useWords()
  const said = connectingWords(language)
  const problem = problemWords('not_installed', language)
  const parted = model.session.parted.value
  const next = useAuthorizing().supported() ? said.addNext : problem.next
  return (
    <Face
      icon={parted ? 'here' : 'lock'}
      title={parted ? said.partedTitle : problem.what}
      text={parted ? [said.parted, said.partedNext] : [problem.why, next]}
    >
      <ConnectButton label={said.add} centred />
      {parted ? null : <TryAgain quiet />}
    </Face>
  )
}

/** The wide view has ended; the way back leads through Zoom. */
export function OverFace({ signedOut }: { signedOut: boolean }) {
  const { language } = useWords()
  const said = connectingWords(language)
  return (
    <Face
      icon="lock"
      title={signedOut ? said.signedOutTitle : said.overTitle}
      text={[signedOut ? said.signedOut : said.over, said.overNext]}
      alert={!signedOut}
    />
  )
}
