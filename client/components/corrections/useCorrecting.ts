import { correctionWords, type CorrectionWords } from '../../../shared/words/corrections.ts'
import { usePanel, useWords } from '../../context.ts'
import { createCorrectingModel, type CorrectingModel } from '../../models/correcting.ts'
import { createCorrectionsApi } from '../../models/corrections-api.ts'
import type { PanelModel } from '../../models/panel.ts'

/** One a panel: what was done to one person can still be undone when the next one is open. */
const models = new WeakMap<PanelModel, CorrectingModel>()

/** The evidence and the corrections of this panel; made when somebody is first opened. */
export function useCorrecting(): CorrectingModel {
  const panel = usePanel()
  const known = models.get(panel)
  if (known !== undefined) return known
  const { api } = panel.parts
  const made = createCorrectingModel({
    api: createCorrectionsApi(api),
    gathering: api.gathering,
    session: panel.session,
    onDone() {
      panel.corrected.value = true
    },
  })
  models.set(panel, made)
  return made
}

/** The words of this folder; they come with it, not with the first view. */
export const useCorrectionWords = (): CorrectionWords => correctionWords(useWords().language)
