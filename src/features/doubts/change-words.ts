import { m } from '#paraglide/messages.js';
import type { ChangeCounts, Worked } from '#read-models/convention-history.ts';

/** 改了 2 条，新增 1 条: what changed between two texts, in numbers. */
export function changesText({ changed, added, removed, moved, ...flags }: ChangeCounts): string {
	const parts = [
		...(changed > 0 ? [m.versions_n_changed({ count: changed })] : []),
		...(added > 0 ? [m.versions_n_added({ count: added })] : []),
		...(removed > 0 ? [m.versions_n_removed({ count: removed })] : []),
		...(moved > 0 ? [m.versions_n_moved({ count: moved })] : []),
		...(flags.title ? [m.versions_n_title()] : []),
		...(flags.preamble ? [m.versions_n_preamble()] : []),
		...(flags.settings ? [m.versions_n_settings()] : [])
	];
	return parts.length > 0 ? parts.join(m.versions_comma()) : m.versions_n_nothing();
}

/** 甲的 2 次修改、乙的 1 次修改. */
export function workText(work: readonly Worked[]): string {
	return work.map(({ author, count }) => m.versions_work({ author, count })).join(m.doubts_list());
}
