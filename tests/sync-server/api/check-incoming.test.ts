import { describe, expect, it } from 'vitest';
import { seal, type Revision, type RevisionContent } from '#records/revision.ts';
import { actEntity } from '#kinds/act.ts';
import { checkInEntity } from '#kinds/check-in.ts';
import { grantsOf } from '#access/grant.ts';
import { toDay } from '#kinds/day.ts';
import { toScope } from '#records/scope.ts';
import { incomingRefusal } from '../../../sync-server/api/check-incoming.ts';
import { shapeDocument } from '../../../sync-server/api/document-shape.ts';
import { InflateBudget } from '../../../sync-server/api/inflate-budget.ts';
import { defaultLimits } from '../../../sync-server/api/limits.ts';
import { checkInRecord, gridDatabase, photoOf, webpBytes } from '../../contract/field-records.ts';

const scope = toScope('qianmen/caochang/g3');

interface Circumstances {
	readonly name?: string;
	/** Records that are in the database already. */
	readonly known?: readonly Revision[];
	/** When the data of the household was erased. */
	readonly erased?: string;
	/** Records that went with it. */
	readonly gone?: readonly Revision[];
}

async function refusalOf(
	doc: object,
	roles: readonly string[],
	{ name = 'li', known = [], erased, gone = [] }: Circumstances = {}
): Promise<string | undefined> {
	const shaped = await shapeDocument(doc, false, defaultLimits, new InflateBudget(0));
	const pastOf = ({ parents }: Revision) =>
		Promise.resolve(known.filter(({ hash }) => parents.includes(hash)));
	const erasedBefore = () => erased;
	const isGone = (ids: readonly string[]) => Promise.resolve(gone.some(({ _id }) => ids.includes(_id)));
	const ownsMatter = () => Promise.resolve(false);
	const who = { database: gridDatabase, scope, user: { name, roles }, grants: grantsOf(roles) };
	const target = { ...who, pastOf, ownsMatter, erasedBefore, isGone };
	const today = toDay('2026-11-23');
	return (await incomingRefusal(shaped, { ...target, today }))?.code;
}

const mine = checkInRecord(1, 'li');
const about = (changes: Partial<RevisionContent>) => seal({ ...mine, ...changes });
const place = about({
	kind: 'courtyard',
	scope: toScope('qianmen/caochang/g3/c12'),
	entity: 'qianmen.caochang.g3.c12',
	body: { name: '草厂三条12号' }
});

describe('a record', () => {
	it.each<[string, object, string[], string | undefined]>([
		['of one’s own grid is taken from its worker', mine, ['worker:qianmen/caochang/g3'], undefined],
		['is taken from the community’s office', mine, ['office:qianmen/caochang'], undefined],
		['of a place is taken from an office', place, ['office:qianmen'], undefined],
		['of a place is not taken from a worker', place, ['worker:qianmen/caochang/g3'], 'rights'],
		['is not taken from a worker of the next grid', mine, ['worker:qianmen/caochang/g4'], 'scope'],
		['is not taken from a worker of one other courtyard', mine, ['worker:qianmen/caochang/g3/c40'], 'scope'],
		['is not taken from someone without a role', mine, [], 'scope'],
		['with a role that is mistyped is not taken', mine, ['worker:qianmen/caochang/g3/'], 'scope'],
		['of another author is not taken', about({ author: 'wang' }), ['worker:qianmen/caochang/g3'], 'author'],
		['of another author is taken from an administrator', about({ author: 'wang' }), ['_admin'], undefined]
	])('%s', async (_sentence, doc, roles, code) => {
		expect(await refusalOf(doc, roles)).toBe(code);
	});

	it.each<[string, string, string, string | undefined]>([
		['2026-11-24', 'resident', 'is taken: a phone’s clock may be ahead', undefined],
		['2026-11-25', 'resident', 'is not taken', 'body'],
		['2031-01-01', 'resident', 'is not taken', 'body'],
		['2026-11-25', 'office', 'is taken from who may confirm it', undefined]
	])('of %s from a %s %s', async (day, role, _sentence, code) => {
		const household = mine.scope;
		const early = about({
			entity: checkInEntity(household, toDay(day)),
			body: { reported: { quality: 'correct' } }
		});
		const roles = [role === 'office' ? 'office:qianmen/caochang' : `resident:${household}`];
		expect(await refusalOf(early, roles)).toBe(code);
	});

	it.each<[string, string | undefined]>([
		['2026-11-24', undefined],
		['2026-11-25', 'body']
	])('of what a household takes part in on %s', async (day, code) => {
		const entity = actEntity(mine.scope, toDay(day), 'aaaaaaaa');
		const act = about({ kind: 'act', entity, body: { act: 'opinion' } });
		expect(await refusalOf(act, ['worker:qianmen/caochang/g3'])).toBe(code);
	});

	it('that builds on a confirmed one is taken from who may confirm', async () => {
		const reported = about({ body: { reported: { quality: 'correct' } }, parents: [mine.hash] });
		const resident = [`resident:${mine.scope}`];
		expect(await refusalOf(reported, resident)).toBeUndefined();
		expect(await refusalOf(reported, resident, { known: [mine] })).toBe('rights');
		expect(await refusalOf(reported, ['worker:qianmen/caochang/g3'], { known: [mine] })).toBeUndefined();
	});

	it('of before an erasure is refused as such to who might write it, and to others as ever', async () => {
		const [known, erased] = [[], '2027-01-01T00:00:00.000Z'];
		expect(await refusalOf(mine, ['worker:qianmen/caochang/g3'], { known, erased })).toBe('erased');
		expect(await refusalOf(mine, ['_admin'], { known, erased })).toBe('erased');
		expect(await refusalOf(mine, ['worker:qianmen/caochang/g4'], { known, erased })).toBe('scope');
		expect(await refusalOf(mine, ['worker:qianmen/caochang/g3'], { name: 'wang', erased })).toBe('author');
	});

	it('written since then on top of what was erased is refused, unless it has no words', async () => {
		const erased = '2026-11-01T00:00:00.000Z';
		const before = checkInRecord(1, 'li');
		const later = { at: '2026-11-20T00:00:00.000Z', parents: [before.hash] };
		const worded = about({ ...later, body: { observed: { quality: 'correct', note: '旧话' } } });
		const plain = about({ ...later, body: { observed: { quality: 'correct' } } });
		for (const role of ['worker:qianmen/caochang/g3', '_admin']) {
			expect(await refusalOf(worded, [role], { erased, gone: [before] })).toBe('erased');
			expect(await refusalOf(plain, [role], { erased, gone: [before] })).toBeUndefined();
			expect(await refusalOf(worded, [role], { erased })).toBeUndefined();
			expect(await refusalOf(worded, [role], { gone: [before] })).toBeUndefined();
		}
	});

	it('is taken with the history that replication adds, when it is a first revision’s', async () => {
		const history = { ...mine, _revisions: { start: 1, ids: [mine._rev.slice(2)] } };
		expect(await refusalOf(history, ['worker:qianmen/caochang/g3'])).toBeUndefined();
		const later = { ...mine, _rev: '2-a', _revisions: { start: 2, ids: ['a', mine._rev.slice(2)] } };
		expect(await refusalOf(later, ['_admin'])).toBe('shape');
	});
});

describe('a photo', () => {
	const jpeg = Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xe0), Buffer.alloc(50)]);

	it.each<[string, object, string[], string | undefined]>([
		[
			'as WebP is taken from the grid’s worker',
			photoOf(webpBytes(1)),
			['worker:qianmen/caochang/g3'],
			undefined
		],
		['as JPEG is taken', photoOf(jpeg, 'image/jpeg'), ['worker:qianmen/caochang/g3'], undefined],
		[
			'is taken from who works in a part of the grid',
			photoOf(jpeg, 'image/jpeg'),
			['worker:qianmen/caochang/g3/c1'],
			undefined
		],
		['of exactly 1 MiB is taken', photoOf(webpBytes(1, 1024 * 1024)), ['_admin'], undefined],
		[
			'is not taken from the next grid’s worker',
			photoOf(webpBytes(1)),
			['worker:qianmen/caochang/g4'],
			'rights'
		],
		['is not taken as another type', photoOf(jpeg, 'image/webp'), ['_admin'], 'shape']
	])('%s', async (_sentence, doc, roles, code) => {
		expect(await refusalOf(doc, roles)).toBe(code);
	});
});

describe('anything else', () => {
	it.each<[string, object, string[], string | undefined]>([
		['a design document is an administrator’s', { _id: '_design/x', _rev: '1-a' }, ['_admin'], undefined],
		['a design document is no office’s', { _id: '_design/x', _rev: '1-a' }, ['office:qianmen'], 'rights'],
		['nothing is deleted', { _id: mine._id, _rev: '2-a', _deleted: true }, ['_admin'], 'rights'],
		['a plain document is no record', { _id: 'x', _rev: '1-a' }, ['_admin'], 'shape']
	])('%s', async (_sentence, doc, roles, code) => {
		expect(await refusalOf(doc, roles)).toBe(code);
	});
});
