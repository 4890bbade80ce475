import type { Revision } from '#records/revision.ts';

/** Offers a record as a JSON file to keep or hand on: exactly as it would have been sent. */
export function saveAsFile(revision: Revision): void {
	const url = URL.createObjectURL(
		new Blob([`${JSON.stringify(revision, undefined, '\t')}\n`], { type: 'application/json' })
	);
	const link = document.createElement('a');
	link.href = url;
	link.download = `${revision.kind}-${revision.entity}-${revision.hash.slice(0, 8)}.json`;
	link.click();
	// The download has taken hold of the bytes by the next turn.
	setTimeout(() => URL.revokeObjectURL(url));
}
