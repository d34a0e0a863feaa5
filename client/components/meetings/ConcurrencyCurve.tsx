import { useMemo } from 'preact/hooks'
import { usePanel } from '../../context.ts'
import { curveOf } from '../../models/curve.ts'
import { CurveFigure } from './CurveFigure.tsx'

/** How many were there over the meeting's time. */
export function ConcurrencyCurve() {
  const { roster } = usePanel()
  const revision = roster.revision.value
  const fromMs = roster.beganMs.value
  const toMs = roster.nowMs.value
  const curve = useMemo(
    () =>
      fromMs === null
        ? null
        : curveOf(
            roster.table.select('all', '').map(({ row }) => row),
            fromMs,
            toMs,
          ),
    [roster, revision, fromMs, toMs],
  )
  return curve === null ? null : <CurveFigure curve={curve} />
}
