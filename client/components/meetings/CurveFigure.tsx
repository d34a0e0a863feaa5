import { useSignal } from '@preact/signals'
import { useWords } from '../../context.ts'
import { countAt, type Curve } from '../../models/curve.ts'
import { useMeetingWords } from './words.ts'
import styles from './CurveFigure.module.css'

/** The drawing's own units; it is stretched to the width there is. */
const WIDE = 1000
const HIGH = 100

/** A curve with its peak; the same in words for those who cannot see it. */
export function CurveFigure({ curve }: { curve: Curve }) {
  const { format } = useWords()
  const said = useMeetingWords().meeting
  const pointed = useSignal<number | null>(null)
  const { peak } = curve
  const text = [
    said.peakSentence(peak.count, format.time(peak.atMs)),
    ...curve.falls.map(({ fromMs, lost }) => said.fallSentence(lost, format.time(fromMs))),
    ...curve.moments.map(({ atMs, count }) => said.moment(count, format.time(atMs))),
  ].join(' ')
  const share = (atMs: number) => clamp((atMs - curve.fromMs) / (curve.toMs - curve.fromMs))
  const shownMs = pointed.value ?? peak.atMs
  const shownCount = pointed.value === null ? peak.count : countAt(curve.steps, shownMs)
  const line = lineOf(curve)
  return (
    <figure class={styles.figure}>
      <div
        class={styles.plot}
        role="img"
        aria-label={`${said.curve}. ${text}`}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          const at = clamp((event.clientX - box.left) / box.width)
          pointed.value = curve.fromMs + at * (curve.toMs - curve.fromMs)
        }}
        onPointerLeave={() => {
          pointed.value = null
        }}
      >
        <svg
          class={styles.drawing}
          viewBox={`0 0 ${WIDE} ${HIGH}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path class={styles.area} d={`${line}V${HIGH}H0Z`} />
          <path class={styles.line} d={line} />
        </svg>
        {curve.falls.map(({ fromMs, lost, count }) => (
          <span key={fromMs} aria-hidden="true">
            <i
              class={styles.fall}
              style={{ left: percent(share(fromMs)), top: percent(1 - (count + lost) / peak.count) }}
            />
            <span class={styles.fallLabel} style={labelPlace(share(fromMs))}>
              {said.fall(lost, format.time(fromMs))}
            </span>
          </span>
        ))}
        <i
          class={styles.mark}
          style={{ left: percent(share(shownMs)), top: percent(1 - shownCount / peak.count) }}
          aria-hidden="true"
        />
        <span class={styles.label} style={labelPlace(share(shownMs))} aria-hidden="true">
          {pointed.value === null
            ? said.peak(peak.count, format.time(peak.atMs))
            : said.moment(shownCount, format.time(shownMs))}
        </span>
      </div>
      <div class={styles.axis} aria-hidden="true">
        {[0, 1 / 3, 2 / 3, 1].map((part) => (
          <span key={part}>{format.time(curve.fromMs + part * (curve.toMs - curve.fromMs))}</span>
        ))}
      </div>
    </figure>
  )
}

/** A stair: people come at once, not by and by. */
function lineOf({ steps, fromMs, toMs, peak }: Curve): string {
  const x = (atMs: number) => Math.round(clamp((atMs - fromMs) / (toMs - fromMs)) * WIDE * 10) / 10
  const y = (count: number) => Math.round((1 - count / peak.count) * HIGH * 10) / 10
  return `M0 ${y(countAt(steps, fromMs))}${steps.map((step) => `H${x(step.atMs)}V${y(step.count)}`).join('')}H${WIDE}`
}

/** Above the mark, and as far to its side as the edges of the drawing demand. */
const labelPlace = (share: number) => ({
  left: percent(share),
  transform: `translateX(-${percent(share)})`,
})

const clamp = (share: number): number => Math.min(1, Math.max(0, share))
const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`
