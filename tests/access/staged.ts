import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope, type Scope } from '#records/scope.ts';
import { sampleRecord } from '../contract/rights/sample-records.ts';

/** The sample of a kind at another stage. `stage` undefined: its body says nothing of it. */
export function staged(
	kind: string,
	author: string,
	stage: JsonObject | undefined,
	parents: readonly Revision[] = [],
	scope: Scope = toScope('qianmen/caochang/g3/c12')
): Revision {
	const sample = sampleRecord(kind, scope, author, 'phone1');
	if (!sample?.body) throw new Error('no sample');
	const rest = Object.fromEntries(Object.entries(sample.body).filter(([name]) => name !== 'stage'));
	const body = { ...rest, ...(stage && { stage }) };
	return seal({ ...sample, body, parents: parents.map(({ hash }) => hash).sort() });
}
