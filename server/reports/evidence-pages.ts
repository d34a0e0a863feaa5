import type { Fact } from '../../shared/attendance/index.ts'
import type { EvidenceSource } from './ports.ts'

const FACTS_A_PAGE = 5_000

/** All evidence of a gathering in the order in which it came, a page at a time, so that nobody holds more. */
export async function* evidencePages(
  evidence: EvidenceSource,
  { installationId, gatheringId }: { installationId: string; gatheringId: string },
): AsyncGenerator<Fact[], void> {
  const viewer = { kind: 'system', installationId, purpose: 'report' } as const
  let seq = 0
  for (;;) {
    const page = await evidence.since(viewer, gatheringId, seq, FACTS_A_PAGE)
    yield page.map(({ fact }) => fact)
    seq = page.at(-1)?.seq ?? seq
    if (page.length < FACTS_A_PAGE) return
  }
}
