import { problemWords } from '../shared/words/index.ts'
import { Face } from './components/Face.tsx'
import { lazily } from './components/lazy.tsx'
import { Skeleton } from './components/Skeleton.tsx'
import { TryAgain } from './components/TryAgain.tsx'
import { Workspace } from './components/Workspace.tsx'
import { usePanel, useWords } from './context.ts'

const OwnLineFace = lazily(
  async () => (await import('./components/settings/OwnLineFace.tsx')).OwnLineFace,
  Skeleton,
)

const NotInstalledFace = lazily(
  async () => (await import('./components/settings/OtherFaces.tsx')).NotInstalledFace,
  Skeleton,
)
const OverFace = lazily(async () => (await import('./components/settings/OtherFaces.tsx')).OverFace, Skeleton)

/** Which screen shows when. */
export function Panel() {
  const model = usePanel()
  const { words, language, format } = useWords()
  const face = model.face.value
  switch (face.kind) {
    case 'starting':
      return <Skeleton />
    case 'workspace':
      return <Workspace live={face.live} />
    case 'participant':
      return <OwnLineFace />
    case 'not_zoom':
      return <Face icon="plug" title={words.faces.notZoomTitle} text={[words.faces.notZoom]} />
    case 'zoom_silent':
      return (
        <Face
          icon="plug"
          title={words.faces.zoomSilentTitle}
          text={[
            `${words.faces.zoomSilent} (${face.code})`,
            face.retryInSeconds === null
              ? words.faces.zoomSilentNext
              : words.faces.retryIn(format.duration(face.retryInSeconds)),
          ]}
          alert
        >
          <TryAgain />
        </Face>
      )
    case 'guest': {
      const said = problemWords('guest', language)
      return (
        <Face icon="lock" title={said.what} text={[said.why, said.next]}>
          <TryAgain />
        </Face>
      )
    }
    case 'not_installed':
      return <NotInstalledFace />
    case 'over':
      return <OverFace signedOut={face.signedOut} />
    case 'problem': {
      const said = problemWords(face.code, language)
      const next =
        face.retryInSeconds === null ? said.next : words.faces.retryIn(format.duration(face.retryInSeconds))
      return (
        <Face icon="plug" title={said.what} text={[said.why, next]} alert>
          <TryAgain />
        </Face>
      )
    }
  }
}
