import { createFold, type Fact } from '../../shared/attendance/index.ts'
import type { ImportAnswer } from '../../shared/wire/index.ts'
import type { EvidenceSource } from './ports.ts'

const PAGE = 5_000

/**
 * The people of a file: who came to their gatherings by it alone (`added`), and who others told of, too (`matched`). The
 * evidence is folded without the file first, then with it; the file by itself says how many people stand in it.
 * Of several gatherings each counts its people by itself. `isKnown`: all of them stood there before.
 *
 * Folding is what takes time, so where nobody else tells of a gathering the file alone is folded.
 */
export async function countPeople(
  evidence: EvidenceSource,
  installationId: string,
  gatherings: readonly { gatheringId: string }[],
  fileHash: string,
  isKnown: boolean,
): Promise<ImportAnswer['people']> {
  const viewer = { kind: 'system', installationId, purpose: 'import' } as const
  let added = 0
  let matched = 0
  for (const { gatheringId } of gatherings) {
    const own: Fact[] = []
    const others: Fact[] = []
    for (let seq = 0; ;) {
      const page = await evidence.since(viewer, gatheringId, seq, PAGE)
      const ofFile = ({ fact }: { fact: Fact }): boolean =>
        fact.witness === 'import' && fact.key.startsWith(`${fileHash}/`)
      own.push(...page.filter(ofFile).map(({ fact }) => fact))
      if (!isKnown) others.push(...page.filter((one) => !ofFile(one)).map(({ fact }) => fact))
      seq = page.at(-1)?.seq ?? seq
      if (page.length < PAGE) break
    }
    const file = createFold()
    file.add(own)
    const inFile = file.people().length
    const news = isKnown ? 0 : others.length === 0 ? inFile : newPeople(own, others, inFile)
    added += news
    matched += inFile - news
  }
  return { added, matched }
}

function newPeople(own: readonly Fact[], others: readonly Fact[], inFile: number): number {
  const fold = createFold()
  fold.add(others)
  const before = fold.people().length
  fold.add(own)
  return Math.min(inFile, Math.max(0, fold.people().length - before))
}
