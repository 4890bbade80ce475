import type { Revision } from '#records/revision.ts';

/**
 * A pack's records. Trusted as they are: what was pulled had its hash checked before it was
 * stored, and what was saved was sealed here.
 */
export function parsePack(text: string): readonly Revision[] {
	const pack: unknown = JSON.parse(text);
	if (!isPack(pack)) throw new TypeError(`not a pack: ${text.slice(0, 80)}`);
	return pack;
}

function isPack(value: unknown): value is readonly Revision[] {
	return Array.isArray(value);
}
