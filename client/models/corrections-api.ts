import type {
  CorrectionAct,
  CorrectionAnswer,
  CorrectionItem,
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
  proposals(token: string, gatheringId: string): Promise<ProposalList['items']>
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
    corrections: (token, gatheringId) =>
      everyPage<CorrectionItem>((query) => request(token, under(gatheringId, `corrections${query}`), {})),
    proposals: async (token, gatheringId) =>
      (await answerWith<ProposalList>(await request(token, under(gatheringId, 'proposals'), {}), ['items']))
        .items,
    policy: async (token, gatheringId) =>
      answerWith<PolicyAnswer>(await request(token, under(gatheringId, 'policy'), {}), [
        'effective',
        'parts',
      ]),
    changePolicy: async (token, gatheringId, change) =>
      answerWith<PolicyAnswer>(await post(token, under(gatheringId, 'policy'), change), [
        'effective',
        'parts',
      ]),
  }
}

/** A list the panel shows as one, page after page; any of them failing fails all. */
async function everyPage<Item>(page: (query: string) => Promise<Response>): Promise<Item[]> {
  const items: Item[] = []
  for (let query = ''; ;) {
    const answer = await answerWith<{ items: Item[]; nextCursor: string | null }>(await page(query), [
      'items',
      'nextCursor',
    ])
    items.push(...answer.items)
    if (answer.nextCursor === null) return items
    query = `?cursor=${encodeURIComponent(answer.nextCursor)}`
  }
}
