import { policyOf } from '#kinds/kinds.ts';
import type { Revision } from '#records/revision.ts';
import { byTelling, fieldText, isSpoken } from './field-names.ts';
import { valueText, type Wording } from './field-values.ts';

export interface Fact {
	readonly name: string;
	readonly value: string;
}

/** All that a record said, in words. */
export function factsOf(wording: Wording, { kind, body }: Pick<Revision, 'kind' | 'body'>): readonly Fact[] {
	return [...policyOf(kind).split(body ?? {})]
		.map(([path, value]) => ({ path, value }))
		.filter(({ path }) => isSpoken(kind, path))
		.sort(byTelling)
		.map(({ path, value }) => ({
			name: fieldText(kind, path),
			value: valueText(kind, path, value, wording)
		}));
}
