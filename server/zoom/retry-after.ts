/**
 * When a `Retry-After` header says to come again, as epoch ms: whole seconds or a date, as HTTP has it, or the ISO 8601
 * date-time Zoom has been seen to send instead. Null without a header and for one nobody can read.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 * @see https://developers.zoom.us/docs/api/rate-limits/
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return nowMs + Number(text) * 1000
  const isDate = /^\d{4}-\d\d-\d\dT/.test(text) || /^[A-Z][a-z]{2},? /.test(text)
  const ms = isDate ? Date.parse(text) : Number.NaN
  return Number.isNaN(ms) ? null : ms
}
