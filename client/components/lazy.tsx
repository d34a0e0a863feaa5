import { useSignal } from '@preact/signals'
import type { FunctionComponent } from 'preact'
import { useEffect } from 'preact/hooks'
import { problemWords } from '../../shared/words/index.ts'
import { useWords } from '../context.ts'
import { Face } from './Face.tsx'
import shared from './shared.module.css'

/** A screen whose script comes when it is first looked at, so that the first view stays small. */
export function lazily<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
  Meanwhile: FunctionComponent,
): FunctionComponent<Props> {
  let ready: FunctionComponent<Props> | null = null
  return function Lazy(props: Props) {
    const state = useSignal<'loading' | 'ready' | 'failed'>(ready === null ? 'loading' : 'ready')
    const fetchIt = () => {
      state.value = 'loading'
      load().then(
        (component) => {
          ready = component
          state.value = 'ready'
        },
        () => {
          state.value = 'failed'
        },
      )
    }
    useEffect(() => {
      if (ready === null) fetchIt()
    }, [])
    if (state.value === 'failed') return <Unloaded onTryAgain={fetchIt} />
    if (state.value === 'loading' || ready === null) return <Meanwhile />
    const Ready = ready
    return <Ready {...props} />
  }
}

function Unloaded({ onTryAgain }: { onTryAgain: () => void }) {
  const { words, language } = useWords()
  const said = problemWords('offline', language)
  return (
    <Face icon="plug" title={said.what} text={[said.why]} alert>
      <button type="button" class={`${shared.button} ${shared.main}`} onClick={onTryAgain}>
        {words.faces.tryAgain}
      </button>
    </Face>
  )
}
