import type { ExportRequest, PersonRow } from '../../shared/wire/index.ts'

/** A person of a roster; name only what matters to the test. */
export function buildRow(row: Partial<PersonRow> = {}): PersonRow {
  return {
    id: row.name ?? 'anna',
    name: 'Anna S.',
    names: [row.name ?? 'Anna S.'],
    email: 'anna.s@example.org',
    emailHidden: false,
    role: 'attendee',
    state: 'here',
    connectionsNow: 1,
    segments: 1,
    firstJoin: '2026-11-23T13:04:00.000Z',
    firstJoinKnown: true,
    lastLeave: null,
    presentSeconds: 2_850,
    waitingSeconds: 0,
    renamedAt: null,
    stays: [],
    seenLiveOnly: false,
    registration: null,
    onListOnly: false,
    share: null,
    meetsMinimum: null,
    labels: [],
    host: null,
    statuses: ['present'],
    identity: { rule: 'email', confidence: 'certain', evidence: [] },
    ...row,
  }
}

/** An export as the panel asks for it by default; name only what matters. */
export function buildExport(request: Partial<ExportRequest> = {}): ExportRequest {
  return {
    list: 'people',
    format: 'csv',
    separator: ',',
    bom: false,
    decimal: '.',
    language: 'en',
    zone: 'Asia/Yekaterinburg',
    filter: { search: '', show: 'all' },
    sort: 'name',
    ...request,
  }
}
