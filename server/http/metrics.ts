import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

/** The numbers an operator watches. Labels are routes and outcomes, never ids or names. */
export function createMetrics(
  inbox: { counts(): Promise<{ pending: number; parked: number }> },
  reports: { counts(): Promise<Record<string, number>> },
  onError: (error: unknown) => void,
) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'rollbook_http_request_seconds',
    help: 'Time to answer a request, by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.025, 0.1, 0.5, 1, 3, 10],
    registers: [registry],
  })
  const deliveries = new Counter({
    name: 'rollbook_webhook_deliveries_total',
    help: 'Webhook deliveries by outcome.',
    labelNames: ['outcome'],
    registers: [registry],
  })
  new Gauge({
    name: 'rollbook_inbox_deliveries',
    help: 'Stored deliveries not yet taken in, and parked ones nobody could read.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      try {
        const { pending, parked } = await inbox.counts()
        this.set({ state: 'pending' }, pending)
        this.set({ state: 'parked' }, parked)
      } catch (error) {
        onError(error)
      }
    },
  })
  new Gauge({
    name: 'rollbook_reports',
    help: 'Meetings by where their report stands.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      try {
        for (const [state, count] of Object.entries(await reports.counts())) this.set({ state }, count)
      } catch (error) {
        onError(error)
      }
    },
  })
  const zoomRequests = new Counter({
    name: 'rollbook_zoom_requests_total',
    help: 'Requests for reports to Zoom, by outcome.',
    labelNames: ['outcome'],
    registers: [registry],
  })
  const finalAfter = new Histogram({
    name: 'rollbook_report_final_seconds',
    help: 'Time from the end of a meeting to its report being final.',
    buckets: [300, 600, 1800, 3600, 7200, 21_600, 86_400, 172_800],
    registers: [registry],
  })
  const unusableRows = new Counter({
    name: 'rollbook_report_rows_unusable_total',
    help: 'Rows of reports left out: without a readable begin and end, or outside the meeting.',
    registers: [registry],
  })
  return {
    registry,
    request(route: string, method: string, status: number, seconds: number): void {
      requests.observe({ route, method, status: String(status) }, seconds)
    },
    delivery(outcome: string): void {
      deliveries.inc({ outcome })
    },
    zoomRequest(outcome: string): void {
      zoomRequests.inc({ outcome })
    },
    reportFinal(seconds: number): void {
      finalAfter.observe(seconds)
    },
    reportRowsUnusable(count: number): void {
      unusableRows.inc(count)
    },
  }
}

export type Metrics = ReturnType<typeof createMetrics>
