import type {
  CleaningList,
  CorrectionAct,
  CorrectionItem,
  PersonCard,
  Proposal,
  ProposalList,
} from '../../shared/wire/index.ts'
import { hideRegistration } from './registrations.ts'
import { HIDDEN, maskAddresses, quotesAddress } from './rows.ts'

/** The same card for somebody who may not read addresses. Keys are made of names and addresses, too. */
export function hideInCard(card: PersonCard): PersonCard {
  return {
    ...card,
    connections: card.connections.map((connection) => ({
      ...connection,
      key: HIDDEN,
      names: connection.names.map(maskAddresses),
      email: null,
      reasons: connection.reasons.map(hideQuoted),
      facts: connection.facts.map((fact) => ({
        ...fact,
        ...{ name: fact.name === null ? null : maskAddresses(fact.name), email: null },
      })),
    })),
    registrations: card.registrations.map(hideRegistration),
    proposals: card.proposals.map(hideInProposal),
    cleanings: card.cleanings
      .filter((cleaning) => cleaning.of === 'name')
      .map((one) => ({ ...one, proposed: one.proposed === null ? null : maskAddresses(one.proposed) })),
    corrections: card.corrections.map(hideInCorrection),
  }
}

/** The same proposals for somebody who may not read addresses. */
export function hideInProposals<List extends Pick<ProposalList, 'items'>>(list: List): List {
  return {
    ...list,
    items: list.items.map((item) => ({
      ...item,
      name: maskAddresses(item.name),
      proposal: hideInProposal(item.proposal),
    })),
  }
}

/** The same cleanings for somebody who may not read addresses: of names alone. */
export function hideInCleanings<List extends Pick<CleaningList, 'items'>>(list: List): List {
  return {
    ...list,
    items: list.items
      .filter(({ of }) => of === 'name')
      .map((item) => ({
        ...{ ...item, email: null, connection: HIDDEN },
        ...{ name: maskAddresses(item.name), written: maskAddresses(item.written) },
        proposed: item.proposed === null ? null : maskAddresses(item.proposed),
      })),
  }
}

/** The same correction for somebody who may not read addresses: nor why the host said somebody was there. */
export function hideInCorrection(item: CorrectionItem): CorrectionItem {
  return {
    ...item,
    act: hideInAct(item.act),
    about: item.about === null ? null : maskAddresses(item.about),
  }
}

function hideInAct(act: CorrectionAct): CorrectionAct {
  switch (act.kind) {
    case 'merge':
    case 'split':
    case 'apart':
      return { ...act, connections: act.connections.map(() => HIDDEN) }
    case 'rename':
      return { ...act, connection: HIDDEN, name: maskAddresses(act.name) }
    case 'email':
      return { ...act, connection: HIDDEN, email: act.email === null ? null : HIDDEN }
    case 'label':
      return { ...act, connection: HIDDEN, label: maskAddresses(act.label) }
    case 'mark':
      return { ...act, connection: HIDDEN, reason: HIDDEN }
  }
}

const hideInProposal = (proposal: Proposal): Proposal => ({
  ...{ ...proposal, name: maskAddresses(proposal.name), email: null },
  ...{ reason: hideQuoted(proposal.reason), keys: proposal.keys.map(() => HIDDEN) },
})

const hideQuoted = (reason: { code: string; value: string | null }): typeof reason =>
  quotesAddress(reason) ? { ...reason, value: null } : reason
