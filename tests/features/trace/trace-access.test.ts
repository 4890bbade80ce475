import { expect, test } from 'vitest';
import { mayTrace, showsInTrace } from '#features/trace/trace-access.ts';
import { matterEntity } from '#kinds/matter.ts';
import type { TraceSubject } from '#read-models/trace.ts';
import { childScope, type Scope } from '#records/scope.ts';
import { courtyard, household } from '../../read-models/meeting-records.ts';

const publication = { type: 'entity', kind: 'publication', entity: 'c12.council1-minutes' } as const;

test.each(['office:qianmen/caochang', 'worker:qianmen/caochang/g3'])(
	'%s follows the trace of what is public',
	(role) => {
		expect(mayTrace({ name: 'one', roles: [role] }, publication)).toBe(true);
	}
);

test.each([`resident:${household}`, `tablet:${courtyard}`, 'partner:qianmen'])(
	'%s reads no earlier text of a publication by its trace or that of a place',
	(role) => {
		const account = { name: 'one', roles: [role] };
		expect(mayTrace(account, publication)).toBe(false);
		expect(mayTrace(account, { type: 'place', scope: courtyard })).toBe(false);
		expect(mayTrace(account, { type: 'place', scope: childScope(courtyard, 'h09') })).toBe(false);
		expect(mayTrace(account, { type: 'account', account: 'worker1' })).toBe(false);
		expect(mayTrace(account, { type: 'account', account: 'one' })).toBe(true);
	}
);

test('a household follows its own trace', () => {
	const account = { name: 'one', roles: [`resident:${household}`] };
	expect(mayTrace(account, { type: 'place', scope: household })).toBe(true);
});

test('a household follows what it raised, without what others published of it', () => {
	const account = { name: 'one', roles: [`resident:${household}`] };
	const of = (scope: Scope): TraceSubject => ({
		type: 'entity',
		kind: 'matter',
		entity: matterEntity(scope, 'minshi0001')
	});
	expect(mayTrace(account, of(household))).toBe(true);
	expect(mayTrace(account, of(courtyard))).toBe(false);
	expect(mayTrace(account, of(childScope(courtyard, 'h09')))).toBe(false);
	expect(showsInTrace(account, { scope: household, author: 'worker1' })).toBe(true);
	expect(showsInTrace(account, { scope: courtyard, author: 'worker1' })).toBe(false);
	expect(showsInTrace({ ...account, roles: ['worker:qianmen'] }, { scope: courtyard, author: 'x' })).toBe(
		true
	);
});
