import { useEffect } from 'preact/hooks'
import type { CleaningItem, ProposalList } from '../../../shared/wire/index.ts'
import { usePanel } from '../../context.ts'
import { createCorrectionsApi, type CorrectionsApi } from '../../models/corrections-api.ts'
import type { PanelModel } from '../../models/panel.ts'
import { createProposingModel, type ProposingModel } from '../../models/proposing.ts'

/** Two lines of the list that may be one person, and why. */
export type Pair = ProposalList['items'][number]

/** Who may be one person on the list shown; follows its changes. */
export const useProposing = following<Pair>((api) => api.proposals)

/** What may be written tidier on the list shown; follows its changes. */
export const useTidying = following<CleaningItem>((api) => api.cleanings)

/** One model a panel: the count beside the list and the sheet over it are told the same. */
function following<Item>(
  question: (api: CorrectionsApi) => Parameters<typeof createProposingModel<Item>>[0]['ask'],
): () => ProposingModel<Item> {
  const models = new WeakMap<PanelModel, ProposingModel<Item>>()
  function make(panel: PanelModel): ProposingModel<Item> {
    const ask = question(createCorrectionsApi(panel.parts.api))
    const made = createProposingModel({ ask, session: panel.session })
    models.set(panel, made)
    return made
  }
  return function useFollowing() {
    const panel = usePanel()
    const model = models.get(panel) ?? make(panel)
    const gatheringId = panel.roster.head.value?.id ?? null
    const revision = panel.roster.revision.value
    useEffect(() => {
      if (gatheringId !== null) model.follow(gatheringId)
    }, [model, gatheringId])
    useEffect(() => {
      model.changed()
    }, [model, revision])
    return model
  }
}
