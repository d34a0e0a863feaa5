import { afterEach, describe, expect, it } from 'vitest'
import { derive } from '../../../shared/attendance/index.ts'
import { mention } from '../storage/fixtures.ts'
import { afterClass, reportBatches, reportRows, type AfterClass } from './after-class.ts'

const MINUTE_MS = 60_000

let after: AfterClass
afterEach(() => after.server.stop())

describe('a long list that is being taken in', () => {
  it(
    'when the meeting’s end is heard meanwhile becomes the list it was begun as, and the next one has the end',
    { timeout: 120_000 },
    async () => {
      after = await afterClass({ kind: 'webinar', ended: false })
      const { server, lesson, installationId } = after
      lesson.leave('elena')
      server.clock.advanceBy(MINUTE_MS)
      lesson.join('elena')
      const rejoinedMs = server.clock.now()
      await server.told()
      server.clock.advanceBy(MINUTE_MS)
      for (const key of ['elena', 'anna', 'boris']) lesson.leave(key)
      await server.told()
      after.silence()
      lesson.end()
      after.switches.times = 675
      // 2,700 rows: the second step fails, when 2,100 of them are evidence.
      await server.query(`
      create function broken() returns trigger language plpgsql as $$ begin
        if (select count(*) from evidence where kind = 'report_row') >= 2100 then
          raise exception 'disk on fire';
        end if;
        return null;
      end $$;
      create trigger broken before insert on evidence for each statement execute function broken()`)
      await after.pass(41 * 60, 600)
      expect(await after.status()).toMatchObject({ state: 'waiting', reason: 'our_failure' })
      expect(reportRows(await after.facts())).toHaveLength(2100)

      const [meeting] = await server.query('select id from meetings')
      // So early that the rows of those who came again lie outside the meeting.
      const endedAtMs = rejoinedMs - 20 * MINUTE_MS
      await server.storage.evidenceLog.append({
        installationId,
        meetingId: String(meeting?.['id']),
        mention: mention(lesson.meeting.uuid, { kind: 'webinar', endedAtMs }),
        facts: [],
      })
      await server.query('drop trigger broken on evidence')
      await after.pass(900, 300)
      const gaps = [
        { code: 'unreadable_rows', count: 675 },
        { code: 'corrected_times', count: 2025 },
      ]
      expect(await after.status()).toMatchObject({ state: 'final_with_gaps', gaps })
      const facts = await after.facts()
      expect(derive(facts).reports).toMatchObject([{ rows: 2025, confirmed: true }])
      const told = reportBatches(facts).map(({ batch, declared }) => {
        const rows = reportRows(facts).filter((row) => row.batch === batch)
        return { declared, rows: rows.length }
      })
      expect(told).toEqual([
        { declared: 2700, rows: 2700 },
        { declared: 2025, rows: 2025 },
        { declared: 2025, rows: 0 },
      ])
    },
  )
})
