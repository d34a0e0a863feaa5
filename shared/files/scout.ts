/** What a file's times show before anybody reads them: their order, how exact they are, whether they need a zone. */
import { createOrderVote } from './date-order.ts'
import { parseStamp, type Stamp } from './dates.ts'
import { isNothing, readMinutes } from './layouts/cells.ts'
import type { MeetingCells } from './layouts/layouts.ts'
import { NO_DAYS, stayMoments, type Moment } from './layouts/moments.ts'
import type { Stays } from './layouts/stays.ts'
import type { Choices, Survey } from './portal-file.ts'
import type { ToldWarnings } from './told-warnings.ts'

export interface Scout {
  /** Reads the times of rows only to learn from them: its stays say that there are times, and not which. */
  stays: Stays
  meeting: (meeting: MeetingCells['cells'], line: number) => void
  /** A date that is no stay: it shows the file's order like all others. */
  date: (cell: string, line: number) => void
  learned: () => Pick<Survey, 'dates' | 'hasTimes' | 'zoned' | 'needsZone' | 'precisionSeconds'>
}

/** A spreadsheet that cut the seconds off may have put :00 there again; with an offset, no spreadsheet wrote it. */
const isExact = ({ hasSeconds, secondsOfDay, offsetMinutes }: Stamp): boolean =>
  hasSeconds && (secondsOfDay % 60 !== 0 || offsetMinutes !== null)

export function createScout(
  fileName: string,
  { dates }: Pick<Choices, 'dates'>,
  warn: ToldWarnings['warn'],
): Scout {
  const vote = createOrderVote()
  vote.noteFileName(fileName)
  let times = 0
  let withOffset = 0
  let needsZone = false
  let withSeconds = false
  const date = (cell: string, line: number): void => {
    const stamp = cell === '' ? null : parseStamp(cell)
    if (stamp !== null) vote.note(stamp, line)
  }
  const learn = ({ stamp, cell }: Moment, line: number, isAlone: boolean): void => {
    if (stamp === null) {
      if (!isNothing(cell)) warn('time_unreadable', line, cell)
      return
    }
    if (isAlone) vote.note(stamp, line)
    times++
    if (stamp.offsetMinutes !== null) withOffset++
    else needsZone = true
    withSeconds ||= isExact(stamp)
  }
  return {
    stays: {
      read(joined, left, minutes, line) {
        const join = joined.stamp
        const leave = left.stamp
        if (join !== null && leave !== null) vote.noteRow(join, leave, minutes, line)
        learn(joined, line, leave === null)
        learn(left, line, join === null)
        return join === null && leave === null ? null : { fromMs: 0, toMs: 0 }
      },
    },
    meeting(cells, line) {
      const minutes = readMinutes(cells.meeting_minutes ?? '')
      const [start, end] = stayMoments(cells.started ?? '', cells.ended ?? '', minutes, NO_DAYS)
      const started = start.stamp
      const ended = end.stamp
      needsZone ||= [started, ended].some((stamp) => stamp !== null && stamp.offsetMinutes === null)
      if (started !== null && ended !== null) vote.noteRow(started, ended, minutes, line)
      else date(cells.started ?? '', line)
      date(cells.created ?? '', line)
    },
    date,
    learned: () => ({
      dates: vote.decide(dates),
      hasTimes: times > 0,
      zoned: times > 0 && withOffset === times && !needsZone,
      needsZone,
      precisionSeconds: times > 0 && !withSeconds ? 60 : 1,
    }),
  }
}
