import type { ConventionRead } from '#kinds/convention.ts';
import type { Ballot } from '#kinds/convention-stage.ts';
import type { Signature } from '#kinds/signature.ts';
import type { VoteChoice } from '#kinds/vote.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { parentScope, type Scope } from '#records/scope.ts';
import { tallyOf } from './ballot-tally.ts';
import { householdsOf } from './convention-list.ts';
import { householdAt, householdLabel, householdsIn, placeName } from './places.ts';

/** A household's row on the signatures page: with its signature, or blank, to sign on paper. */
export interface PaperSigner {
	readonly household: Scope;
	readonly door: string;
	/** Where the households are of several. */
	readonly courtyard?: string;
	/** A vote of it is held here. */
	readonly voted?: boolean;
	/** Secret from the neighbours: only where it was asked for. */
	readonly choice?: VoteChoice;
	readonly signature?: Signature;
}

/** Households in the order of their doors: those of the ballot, or those for whom a draft is. */
export function signersOf(
	records: RevisionSet,
	about: { readonly entity: string; readonly scope: Scope },
	read: ConventionRead,
	{ ballot, choices }: { readonly ballot: Ballot | undefined; readonly choices: boolean }
): readonly PaperSigner[] {
	if (!ballot) {
		const households = householdsOf(records, { scope: about.scope, read });
		return households.map((household) => nameOf(records, household, households));
	}
	const voters = tallyOf(records, about, ballot).voters;
	const votes = new Map(voters.map(({ household, counts }) => [household, counts]));
	const households = inOrderOfDoors(records, about.scope, [...votes.keys()]);
	return households.map((household) => {
		const vote = votes.get(household);
		return {
			...nameOf(records, household, households),
			...(vote && { voted: true, ...(choices && { choice: vote.choice }) }),
			...(vote?.signature && { signature: vote.signature })
		};
	});
}

/** Households that the roster no longer has come last, by their paths. */
function inOrderOfDoors(records: RevisionSet, scope: Scope, voters: readonly Scope[]): readonly Scope[] {
	const asked = new Set(voters);
	const known = householdsIn(records, [scope]).flatMap(({ scope: household }) =>
		asked.has(household) ? [household] : []
	);
	const found = new Set(known);
	return [...known, ...voters.filter((household) => !found.has(household)).sort()];
}

function nameOf(records: RevisionSet, household: Scope, all: readonly Scope[]): PaperSigner {
	const known = householdAt(records, household);
	const door = known ? householdLabel(known) : household.slice(household.lastIndexOf('/') + 1);
	const courtyard = parentScope(household);
	const alone = all.every((one) => parentScope(one) === courtyard);
	return { household, door, ...(!alone && courtyard && { courtyard: placeName(records, courtyard) }) };
}
