/**
 * How often a law of records, of their merging or of their exchange is tried: FC_RUNS, which vitest.config.ts hands to
 * Node and browser alike.
 */
export const propertyRuns = runs(import.meta.env['FC_RUNS']);

/** How often everything else is tried: what is folded from records for a screen, what a server is asked. A fifth. */
export const foldRuns = Math.ceil(propertyRuns / 5);

function runs(asked: unknown): number {
	const number = Number(asked ?? 10_000);
	if (!Number.isSafeInteger(number) || number < 1)
		throw new Error(`FC_RUNS is not a count: ${String(asked)}`);
	return number;
}
