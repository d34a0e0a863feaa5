import { useEffect } from 'preact/hooks'
import { baseWords } from '../../../shared/words/base.ts'
import { usePanel, useWords } from '../../context.ts'
import shared from '../shared.module.css'
import { useCorrecting } from './useCorrecting.ts'
import { useProposing } from './useProposing.ts'

/** Leads whoever may correct the list to who may be one person, with how many pairs that are; not there without any. */
export function ProposalsEntry({ onOpen }: { onOpen: () => void }) {
  const { roster } = usePanel()
  const correcting = useCorrecting()
  const gatheringId = roster.head.value?.id ?? null
  useEffect(() => {
    if (gatheringId !== null) correcting.askRights(gatheringId)
  }, [correcting, gatheringId])
  return correcting.mayManage.value ? <Counted onOpen={onOpen} /> : null
}

function Counted({ onOpen }: { onOpen: () => void }) {
  const { language, format } = useWords()
  const { pairs, more } = useProposing()
  const read = pairs.value
  if (read.status !== 'ready' || read.answer.length === 0) return null
  return (
    <button type="button" class={shared.link} onClick={onOpen}>
      {baseWords(language).proposals} {format.count(read.answer.length + more.value)}
    </button>
  )
}
