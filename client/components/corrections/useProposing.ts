import { useEffect } from 'preact/hooks'
import { usePanel } from '../../context.ts'
import { createCorrectionsApi } from '../../models/corrections-api.ts'
import type { PanelModel } from '../../models/panel.ts'
import { createProposingModel, type ProposingModel } from '../../models/proposing.ts'

/** One a panel: the count beside the list and the sheet over it are told the same. */
const models = new WeakMap<PanelModel, ProposingModel>()

/** Who may be one person on the list shown; follows its changes. */
export function useProposing(): ProposingModel {
  const panel = usePanel()
  const proposing = models.get(panel) ?? make(panel)
  const gatheringId = panel.roster.head.value?.id ?? null
  const revision = panel.roster.revision.value
  useEffect(() => {
    if (gatheringId !== null) proposing.follow(gatheringId)
  }, [proposing, gatheringId])
  useEffect(() => {
    proposing.changed()
  }, [proposing, revision])
  return proposing
}

function make(panel: PanelModel): ProposingModel {
  const made = createProposingModel({ api: createCorrectionsApi(panel.parts.api), session: panel.session })
  models.set(panel, made)
  return made
}
