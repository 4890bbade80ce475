import { bareSaver, pullAndLoad, storeSaver, type Saver } from './save.ts';
import { queries, SearchBench } from './search.ts';

/** The savers under test, by the name they have in the table. Filled before the processor is slowed down. */
const savers = new Map<string, Saver>();

async function prepare(held: number): Promise<readonly string[]> {
	savers.set('bare put, relaxed', await bareSaver('relaxed'));
	savers.set('bare put, strict', await bareSaver('strict'));
	savers.set('store, nothing held', await storeSaver(0, 'delivered'));
	savers.set(`store, ${held} delivered`, await storeSaver(held, 'delivered'));
	savers.set(`store, ${held} waiting`, await storeSaver(held, 'waiting'));
	savers.set(`locked, ${held} delivered`, await storeSaver(held, 'delivered', true));
	savers.set(`locked, ${held} waiting`, await storeSaver(held, 'waiting', true));
	return [...savers.keys()];
}

async function once(name: string, n: number): Promise<number> {
	const saver = savers.get(name);
	if (!saver) throw new Error(`nothing prepared as ${name}`);
	return saver(n);
}

declare global {
	interface Window {
		/** What scripts/bench.mjs calls. */
		bench: { prepare: typeof prepare; once: typeof once; pullAndLoad: typeof pullAndLoad };
		/** What scripts/bench-search.mjs calls. */
		searchBench: { bench: SearchBench; queries: typeof queries };
	}
}

window.bench = { prepare, once, pullAndLoad };
window.searchBench = { bench: new SearchBench(), queries };
