import { householdLabel } from './places.ts';
import type { CourtyardRound } from './round.ts';

/**
 * The courtyards that have every word of `text` in their name, their area, or in a household's
 * door, number or head. Full-width letters and digits count as plain ones.
 */
export function findCourtyards(
	rounds: readonly CourtyardRound[],
	text: string,
	areaOf: (round: CourtyardRound) => string
): readonly CourtyardRound[] {
	const words = plain(text).split(/\s+/).filter(Boolean);
	if (words.length === 0) return rounds;
	return rounds.filter((round) => {
		const households = round.visits.flatMap(({ household }) => [
			householdLabel(household),
			household.body.number ?? '',
			household.body.head ?? ''
		]);
		const all = plain([round.courtyard.name, areaOf(round), ...households].join('\n'));
		return words.every((word) => all.includes(word));
	});
}

function plain(text: string): string {
	return text.normalize('NFKC').toLowerCase();
}
