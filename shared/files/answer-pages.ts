/** Whether all pages of a saved answer are there: https://developers.zoom.us/docs/api/rest/pagination/ */
import type { JsonObject } from './json-objects.ts'

export interface AnswerPages {
  /** A list of participants begins in this object. */
  list: (page: JsonObject | null) => void
  /** One element of such a list; the meeting is null where the element does not say. */
  element: (page: JsonObject | null, meeting: number | null) => void
  close: (object: JsonObject) => void
  /** Of all meetings that lack pages: how many elements there are, of how many where the answer says so. Null for none. */
  missing: () => { rows: number; of: string | undefined } | null
}

interface Held {
  rows: number
  meeting: number | null
}

/** Memory grows with the meetings of a file, not with its pages. */
export function createAnswerPages(): AnswerPages {
  const open = new Map<JsonObject, Held>()
  const meetings = new Map<number, { rows: number; total: number; goesOn: boolean }>()
  let latest = 0
  const heldBy = (page: JsonObject): Held => {
    const held = open.get(page) ?? { rows: 0, meeting: null }
    open.set(page, held)
    return held
  }

  return {
    list(page) {
      if (page !== null) heldBy(page)
    },
    element(page, meeting) {
      if (page === null) return
      const held = heldBy(page)
      held.rows++
      held.meeting ??= meeting
    },
    close(object) {
      const held = open.get(object)
      if (held === undefined) return
      open.delete(object)
      const token = object.values.get('next_page_token')
      const total = object.values.get('total_records')
      if (token === undefined && total === undefined) {
        // Some wrap the list once more, and tell of pages outside.
        if (object.parent === null || object.isElement) return
        const around = heldBy(object.parent)
        around.rows += held.rows
        around.meeting ??= held.meeting
        return
      }
      latest = held.meeting ?? latest
      const before = meetings.get(latest) ?? { rows: 0, total: 0 }
      meetings.set(latest, {
        rows: before.rows + held.rows,
        total: Math.max(before.total, Number(total ?? 0) || 0),
        goesOn: (token ?? '') !== '',
      })
    },
    missing() {
      const lacking = [...meetings.values()].filter(({ rows, total, goesOn }) => goesOn || rows < total)
      if (lacking.length === 0) return null
      const rows = lacking.reduce((sum, one) => sum + one.rows, 0)
      const total = lacking.reduce((sum, one) => sum + one.total, 0)
      const knowsTotal = lacking.every((one) => one.total > one.rows)
      return { rows, of: knowsTotal ? String(total) : undefined }
    },
  }
}
