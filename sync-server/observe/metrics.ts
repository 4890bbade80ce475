import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What is counted, for Prometheus. */
export interface Metrics {
	readonly registry: Registry;
	readonly requests: Counter<'route' | 'method' | 'status'>;
	readonly seconds: Histogram<'route'>;
	readonly records: Counter<'outcome' | 'code'>;
	readonly waiting: Gauge;
	readonly logins: Counter<'outcome'>;
}

export function createMetrics(): Metrics {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry });
	const registers = [registry];
	return {
		registry,
		requests: new Counter({
			name: 'zg_http_requests_total',
			help: 'Requests answered, by family of routes',
			labelNames: ['route', 'method', 'status'],
			registers
		}),
		seconds: new Histogram({
			name: 'zg_http_request_duration_seconds',
			help: 'From the request to the beginning of its answer; requests that wait for changes are left out',
			labelNames: ['route'],
			buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
			registers
		}),
		records: new Counter({
			name: 'zg_records_total',
			help: 'Records sent to scope databases: accepted, or refused with a code',
			labelNames: ['outcome', 'code'],
			registers
		}),
		waiting: new Gauge({
			name: 'zg_waiting_requests',
			help: 'Requests open now until something changes',
			registers
		}),
		logins: new Counter({
			name: 'zg_logins_total',
			help: 'Passwords given: welcome, refused, or told to wait',
			labelNames: ['outcome'],
			registers
		})
	};
}
