import { useWords } from '../../context.ts'
import { Face } from '../Face.tsx'

/** The history, and the meeting chosen from it. */
export function MeetingsScreen() {
  const { words } = useWords()
  return <Face icon="people" title={words.faces.mainClientTitle} text={[words.faces.mainClient]} />
}
