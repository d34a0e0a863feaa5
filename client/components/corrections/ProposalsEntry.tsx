import { useEffect } from 'preact/hooks'
import { baseWords } from '../../../shared/words/base.ts'
import { usePanel, useWords } from '../../context.ts'
import type { ProposingModel } from '../../models/proposing.ts'
import shared from '../shared.module.css'
import { useCorrecting } from './useCorrecting.ts'
import { useProposing, useTidying } from './useProposing.ts'

/** Leads whoever may correct the list to what is proposed of it, with how much that is; not there without any. */
export function ProposalsEntry({ onOpen }: { onOpen: (sheet: 'proposals' | 'tidying') => void }) {
  const { roster } = usePanel()
  const correcting = useCorrecting()
  const gatheringId = roster.head.value?.id ?? null
  useEffect(() => {
    if (gatheringId !== null) correcting.askRights(gatheringId)
  }, [correcting, gatheringId])
  return correcting.mayManage.value ? <Entries onOpen={onOpen} /> : null
}

function Entries({ onOpen }: { onOpen: (sheet: 'proposals' | 'tidying') => void }) {
  const said = baseWords(useWords().language)
  return (
    <>
      <Counted
        model={useProposing()}
        text={said.proposals}
        onOpen={() => {
          onOpen('proposals')
        }}
      />
      <Counted
        model={useTidying()}
        text={said.tidying}
        onOpen={() => {
          onOpen('tidying')
        }}
      />
    </>
  )
}

interface CountedProps {
  model: Pick<ProposingModel<unknown>, 'items' | 'more'>
  text: string
  onOpen: () => void
}

function Counted({ model, text, onOpen }: CountedProps) {
  const { format } = useWords()
  const read = model.items.value
  if (read.status !== 'ready' || read.answer.length === 0) return null
  return (
    <button type="button" class={shared.link} onClick={onOpen}>
      {text} {format.count(read.answer.length + model.more.value)}
    </button>
  )
}
