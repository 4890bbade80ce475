import { appTimes } from '../tests/bench/app.ts';
import { build } from './build.mjs';
import { measured, table } from './bench-table.mjs';
import { slowdown } from './slowdown.mjs';

/**
 * The app itself: from the finger to the row's answer, and from its address to its first screen without a network.
 * @param {number} held
 */
export async function benchApp(held) {
	build(process.execPath);
	const { records, answered, drawn, usable, heap } = await appTimes(held, slowdown);
	const times = [
		measured('a tap, the row answers', answered),
		measured('a tap, the frame is drawn', drawn),
		measured('opening, without a network', usable)
	];
	const memory = [measured('after opening', heap)];
	table(`the app with ${records} records held, ms`, times);
	table('heap of the same, MB', memory);
	return { records, times, heap: memory };
}
