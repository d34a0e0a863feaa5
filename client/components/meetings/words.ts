import { meetingWords, type MeetingWords } from '../../../shared/words/meetings.ts'
import { useWords } from '../../context.ts'

/** The words of the screens in this folder; they come with them, not with the first view. */
export function useMeetingWords(): MeetingWords {
  return meetingWords(useWords().language)
}
