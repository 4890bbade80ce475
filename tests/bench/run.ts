import { queries, SearchBench } from './search.ts';

declare global {
	interface Window {
		/** What scripts/bench-search.mjs calls. */
		searchBench: { bench: SearchBench; queries: typeof queries };
	}
}

window.searchBench = { bench: new SearchBench(), queries };
