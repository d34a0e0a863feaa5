/** A stretch of time that is over, [fromMs, toMs), epoch ms. */
export interface Span {
  fromMs: number
  toMs: number
}

/** Disjoint and ascending, from spans in any order; those that touch are one, and an instant outside the others stays. */
export function united(spans: Iterable<Span>): Span[] {
  const disjoint: Span[] = []
  for (const { fromMs, toMs } of [...spans].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = disjoint.at(-1)
    if (last && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs)
    else disjoint.push({ fromMs, toMs })
  }
  return disjoint
}

/** Whether two spans have more in common than `byMs`. */
export const overlapBy = (byMs: number, a: Span, b: Span): boolean =>
  a.fromMs + byMs < b.toMs && b.fromMs + byMs < a.toMs
