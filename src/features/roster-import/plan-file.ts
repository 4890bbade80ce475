import type { Scope } from '#records/scope.ts';
import { knownPlaces } from '#roster/known-place.ts';
import type { Note } from '#roster/note.ts';
import { planImport, type Plan } from '#roster/plan.ts';
import { readRosterFile } from '#roster/read-file.ts';
import type { Workplace } from '#app/workplace.svelte.ts';

export type Planned =
	{ readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly refusal: Note };

/** What the roster in `bytes` would change of what this device knows of `base`. Saves nothing. */
export async function planFile(bytes: Uint8Array, base: Scope, workplace: Workplace): Promise<Planned> {
	const read = await readRosterFile(bytes);
	if (!read.ok) return read;
	const pen = { author: workplace.account.name, device: workplace.device, now: workplace.now() };
	const known = knownPlaces(workplace.records, base);
	return { ok: true, plan: planImport({ roster: read.roster, known, base, pen }) };
}
