/** How often a property is tried: FC_RUNS, which vitest.config.ts hands to Node and browser alike. */
export const propertyRuns = runs(import.meta.env['FC_RUNS']);

function runs(asked: unknown): number {
	const number = Number(asked ?? 10_000);
	if (!Number.isSafeInteger(number) || number < 1)
		throw new Error(`FC_RUNS is not a count: ${String(asked)}`);
	return number;
}
