import { usePanel, useWords } from '../context.ts'
import shared from './shared.module.css'

/** Asks Zoom and the server again who one is and what runs; says so while it does. `quiet` beside another way out. */
export function TryAgain({ quiet = false }: { quiet?: boolean }) {
  const { trying, tryAgain } = usePanel()
  const { words } = useWords()
  return (
    <button
      type="button"
      class={quiet ? shared.link : `${shared.button} ${shared.main}`}
      aria-disabled={trying.value}
      onClick={() => void tryAgain()}
    >
      {trying.value ? words.faces.trying : words.faces.tryAgain}
    </button>
  )
}
