import type { Asked } from './ask.ts';

/** What came of the requests of one cell. */
export class Tally {
	readonly #times: number[] = [];
	#records = 0;
	#bytes = 0;
	#ms = 0;

	/** @param sent bytes that were sent; 0 for what was only asked for. */
	add({ ms, wireBytes }: Pick<Asked, 'ms' | 'wireBytes'>, records: number, sent = 0): void {
		this.#times.push(ms);
		this.#records += records;
		this.#bytes += sent > 0 ? sent : wireBytes;
	}

	/** Milliseconds in which all of them were under way. */
	spend(ms: number): void {
		this.#ms += ms;
	}

	told() {
		const sorted = this.#times.toSorted((a, b) => a - b);
		return {
			recordsPerSecond: Math.round((this.#records / this.#ms) * 1000),
			p50: quantile(sorted, 0.5),
			p95: quantile(sorted, 0.95),
			bytesPerRecord: Math.round(this.#bytes / Math.max(1, this.#records)),
			requests: sorted.length
		};
	}
}

/** @param sorted in ascending order. */
export function quantile(sorted: readonly number[], share: number): number {
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
