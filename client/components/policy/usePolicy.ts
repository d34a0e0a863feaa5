import { policySheetWords, type PolicySheetWords } from '../../../shared/words/policy-sheet.ts'
import { useWords } from '../../context.ts'
import type { PolicyModel } from '../../models/policy.ts'

/** What every part of the sheet of rules is given. */
export interface RulesProps {
  model: PolicyModel
  /** The rules are read only. */
  fixed: boolean
}

/** The words of the sheet of rules; they come with it, not with the first view. */
export const usePolicyWords = (): PolicySheetWords => policySheetWords(useWords().language)
