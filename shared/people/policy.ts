import {
  gatheringBase,
  meetingSpans,
  type BaseRule,
  type Gathering,
  type GatheringBase,
  type LabelCondition,
  type LabelRule,
  type Moment,
  type Span,
  type Thresholds,
} from '../attendance/index.ts'
import { createClock, type Clock, type ClockWindow } from './window.ts'

/** From one time of day to another, each as HH:MM. */
interface ClockTimes {
  from: string
  to: string
}

type ClockCondition =
  | Exclude<LabelCondition, { atMs: number }>
  | { kind: Extract<LabelCondition, { atMs: number }>['kind']; clock: string }

/** The rules a list is judged by, as a host sets them: minutes, percent, and times of day on the clocks of `zone` (IANA). */
export interface ClockPolicy {
  lateAfterMinutes: number
  leftEarlyMinutes: number
  returnedAfterMinutes: number
  minPercent: number
  base:
    | { kind: 'actual'; from: 'start' | 'first_guest' }
    | { kind: 'scheduled' }
    | ({ kind: 'window' } & ClockTimes)
  breaks: readonly ClockTimes[]
  zone: string
  labels: readonly { name: string; when: readonly ClockCondition[] }[]
}

/** A policy made ready for any gathering. */
export interface PolicyRules {
  thresholds: Thresholds
  /**
   * What 100 % is in one gathering, and the labels with their times of day as instants. `planned`: when Zoom says it was meant
   * to be; where it says nothing, the meeting as it was takes its place, and the base says so. A gathering of which no time is
   * known has no base and no labels.
   */
  on(
    gathering: Gathering & { planned: readonly Span[] },
    now: Moment,
  ): { base: GatheringBase | null; labels: readonly LabelRule[] }
}

/**
 * Reads a policy once. Times of day are meant on the gathering's own days: a window on each day on which it meets one of the
 * meetings (on the day of the first, when it meets none), a break wherever it lies in them, a label's at the instant nearest to
 * them. A break from a time to the same time is none.
 *
 * @throws RangeError for an unknown zone
 */
export function createPolicyRules(policy: ClockPolicy): PolicyRules {
  const clock = createClock(policy.zone)
  return {
    thresholds: {
      lateAfterSeconds: policy.lateAfterMinutes * 60,
      leftEarlySeconds: policy.leftEarlyMinutes * 60,
      returnedAfterSeconds: policy.returnedAfterMinutes * 60,
      minShare: policy.minPercent / 100,
    },
    on(gathering, now) {
      const meetings = meetingSpans(gathering, now).sort((a, b) => a.fromMs - b.fromMs)
      const rule = ruleOf(policy, meetings, gathering.planned, clock)
      const whole = hullOf([...meetings, ...spansIn(rule)])
      const breaks = policy.breaks
        .filter(({ from, to }) => from !== to)
        .flatMap((pause) => (whole === null ? [] : clock.within(whole, windowOf(pause))))
      const near = hullOf(meetings)
      return {
        base: gatheringBase(gathering, { rule, breaks }, now),
        labels: near === null ? [] : policy.labels.map((label) => onClock(label, near, clock)),
      }
    },
  }
}

function ruleOf(
  { base }: ClockPolicy,
  meetings: readonly Span[],
  planned: readonly Span[],
  clock: Clock,
): BaseRule {
  if (base.kind === 'actual') return base
  if (base.kind === 'scheduled')
    return planned.length > 0 ? { kind: 'scheduled', planned } : { kind: 'actual', from: 'start' }
  const windows = meetings.map((meeting) => ({ meeting, window: clock.around(meeting, windowOf(base)) }))
  const met = windows.filter(
    ({ meeting, window }) => meeting.fromMs < window.toMs && window.fromMs < meeting.toMs,
  )
  const counting = met.length > 0 ? met : windows.slice(0, 1)
  return { kind: 'window', windows: counting.map(({ window }) => window) }
}

const spansIn = (rule: BaseRule): readonly Span[] =>
  rule.kind === 'actual' ? [] : rule.kind === 'window' ? rule.windows : rule.planned

function onClock({ name, when }: ClockPolicy['labels'][number], meetings: Span, clock: Clock): LabelRule {
  return {
    name,
    when: when.map((condition) =>
      'clock' in condition
        ? { kind: condition.kind, atMs: clock.nearest(meetings, minuteOf(condition.clock)) }
        : condition,
    ),
  }
}

function hullOf(spans: readonly Span[]): Span | null {
  if (spans.length === 0) return null
  return {
    fromMs: Math.min(...spans.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...spans.map(({ toMs }) => toMs)),
  }
}

const windowOf = ({ from, to }: ClockTimes): ClockWindow => ({
  fromMinute: minuteOf(from),
  toMinute: minuteOf(to),
})

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
