import type {
  CleaningList,
  CorrectionAct,
  CorrectionAnswer,
  CorrectionItem,
  CorrectionList,
  PersonCard,
  PolicyAnswer,
  PolicyChange,
  ProposalList,
} from '../../shared/wire/index.ts'
import { answerWith, type Api } from './api.ts'

/** The server's part in evidence, corrections and rules. Every call rejects with `ApiProblem` and nothing else. */
export interface CorrectionsApi {
  /** Everything behind one line; an id that became an alias answers the card of who they are now. */
  card(token: string, gatheringId: string, personId: string): Promise<PersonCard>
  correct(token: string, gatheringId: string, act: CorrectionAct): Promise<CorrectionAnswer>
  /** Takes a correction back, or puts it back. */
  turn(token: string, gatheringId: string, seq: number, way: 'undo' | 'redo'): Promise<CorrectionAnswer>
  /** The newest first. */
  corrections(token: string, gatheringId: string): Promise<CorrectionItem[]>
  /** Pairs that may be one person, each once. */
  proposals(token: string, gatheringId: string): Promise<Pick<ProposalList, 'items' | 'more'>>
  /** Names and addresses that may be written tidier. */
  cleanings(token: string, gatheringId: string): Promise<Pick<CleaningList, 'items' | 'more'>>
  policy(token: string, gatheringId: string): Promise<PolicyAnswer>
  changePolicy(token: string, gatheringId: string, change: PolicyChange): Promise<PolicyAnswer>
}

export function createCorrectionsApi({ request }: Pick<Api, 'request'>): CorrectionsApi {
  const under = (gatheringId: string, what: string) =>
    `/api/gatherings/${encodeURIComponent(gatheringId)}/${what}`
  const post = (token: string, path: string, body: object) =>
    request(token, path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    })
  return {
    card: async (token, gatheringId, personId) =>
      answerWith<PersonCard>(
        await request(token, under(gatheringId, `people/${encodeURIComponent(personId)}`), {}),
        ['id', 'connections', 'proposals', 'cleanings', 'corrections'],
      ),
    correct: async (token, gatheringId, act) =>
      answerWith<CorrectionAnswer>(await post(token, under(gatheringId, 'corrections'), act), [
        'correction',
        'personId',
      ]),
    turn: async (token, gatheringId, seq, way) =>
      answerWith<CorrectionAnswer>(await post(token, under(gatheringId, `corrections/${seq}/${way}`), {}), [
        'correction',
        'personId',
      ]),
    corrections: async (token, gatheringId) =>
      (
        await everyPage<CorrectionList>(
          (query) => request(token, under(gatheringId, `corrections${query}`), {}),
          ['items', 'nextCursor'],
        )
      ).items,
    proposals: (token, gatheringId) =>
      everyPage<ProposalList>(
        (query) => request(token, under(gatheringId, `proposals${query}`), {}),
        ['items', 'nextCursor', 'more'],
      ),
    cleanings: (token, gatheringId) =>
      everyPage<CleaningList>(
        (query) => request(token, under(gatheringId, `cleanings${query}`), {}),
        ['items', 'nextCursor', 'more'],
      ),
    policy: async (token, gatheringId) =>
      answerWith<PolicyAnswer>(await request(token, under(gatheringId, 'policy'), {}), [
        'effective',
        'parts',
        'revisions',
      ]),
    changePolicy: async (token, gatheringId, change) =>
      answerWith<PolicyAnswer>(await post(token, under(gatheringId, 'policy'), change), [
        'effective',
        'parts',
        'revisions',
      ]),
  }
}

/** The last page of a list with the items of all; any of them failing fails all. */
async function everyPage<List extends { items: unknown[]; nextCursor: string | null }>(
  ask: (query: string) => Promise<Response>,
  fields: (keyof List & string)[],
): Promise<List> {
  const before: List['items'] = []
  for (let query = ''; ;) {
    const page = await answerWith<List>(await ask(query), fields)
    before.push(...page.items)
    if (page.nextCursor === null) return { ...page, items: before }
    query = `?cursor=${encodeURIComponent(page.nextCursor)}`
  }
}
