import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

/** The numbers an operator watches. Labels are routes and outcomes, never ids or names. */
export function createMetrics(
  inbox: { counts(): Promise<{ pending: number; parked: number }> },
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
  return {
    registry,
    request(route: string, method: string, status: number, seconds: number): void {
      requests.observe({ route, method, status: String(status) }, seconds)
    },
    delivery(outcome: string): void {
      deliveries.inc({ outcome })
    },
  }
}

export type Metrics = ReturnType<typeof createMetrics>
