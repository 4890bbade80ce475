import { levelOf, scopeAt, type Scope } from '#records/scope.ts';
import type { Directory } from './directory.ts';
import { note, type Note } from './note.ts';
import { placeKey } from './place-key.ts';
import type { RosterRow } from './roster.ts';

/** A row with the scopes its names stand for. */
export interface LocatedRow {
	readonly row: RosterRow;
	readonly community: Scope;
	readonly grid: Scope;
	readonly courtyard: Scope;
	readonly household: Scope;
}

export interface Located {
	readonly rows: readonly LocatedRow[];
	readonly refused: readonly { readonly row: RosterRow; readonly refusal: Note }[];
	readonly notes: readonly Note[];
}

/**
 * Finds the places of every row within `base`, which may be a subdistrict, a community or a grid.
 *
 * A community that has no name yet is given the one of the file, if the file names no other; else
 * nobody could say which of them is meant.
 */
export function locate(rows: readonly RosterRow[], base: Scope, directory: Directory): Located {
	const subdistrict = scopeAt(base, 'subdistrict') ?? base;
	const ownCommunity = scopeAt(base, 'community');
	const ownGrid = scopeAt(base, 'grid');
	const unnamed = ownCommunity !== undefined && !directory.known(ownCommunity)?.body;
	const named = new Map(rows.map(({ community }) => [placeKey('community', community), community]));
	const notes: Note[] = [];
	if (unnamed && named.size === 1) {
		const [name = ''] = [...rows.map(({ community }) => community)].sort();
		for (const { community } of rows) directory.name(ownCommunity, community);
		notes.push(note('community_named', { community: name }));
	}

	const located: LocatedRow[] = [];
	const refused: { row: RosterRow; refusal: Note }[] = [];
	for (const row of rows) {
		const community = directory.place(subdistrict, 'community', row.community);
		const grid = directory.place(community, 'grid', row.grid);
		if (ownCommunity && community !== ownCommunity) {
			const code = unnamed ? 'community_unnamed' : 'outside_base';
			refused.push({ row, refusal: note(code, { place: row.community }) });
		} else if (ownGrid && grid !== ownGrid) {
			refused.push({ row, refusal: note('outside_base', { place: row.grid }) });
		} else {
			const courtyard = directory.place(grid, 'courtyard', row.courtyard);
			located.push({
				row,
				community,
				grid,
				courtyard,
				household: directory.household(courtyard, row.household)
			});
		}
	}
	return { rows: located, refused, notes };
}

/** @throws RangeError for a place too small to import a roster into. */
export function checkBase(base: Scope): void {
	const level = levelOf(base);
	if (level === 'courtyard' || level === 'household') throw new RangeError(`no roster for ${base}`);
}
