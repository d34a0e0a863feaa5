import { useWords } from '../../context.ts'
import { Face } from '../Face.tsx'

/** What a participant sees: who has the list, and what is noted of them. */
export function OwnLineFace() {
  const { words } = useWords()
  return (
    <Face
      icon="people"
      title={words.faces.participantTitle}
      text={[words.faces.participant, words.faces.participantNext]}
    />
  )
}
