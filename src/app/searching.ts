import { createContext } from 'svelte';
import type { SearchIndex } from '#read-models/search-index.ts';

/**
 * What somebody looks for, so that the way back from what was found leads to the rest of it. Kept in memory while the
 * app is open, and nowhere else: an address or a browser's session would put people's names on the disk in clear.
 */
export interface Searching {
	query: string;
	index?: SearchIndex;
}

export const [getSearching, setSearching] = createContext<Searching>();
