import { describe, expect, it } from 'vitest';
import { checkRecord } from '#kinds/check-record.ts';
import type { JsonObject } from '#records/json.ts';
import { seal } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';

function place(kind: string, scope: string, body: JsonObject, entity = scope.replaceAll('/', '.')) {
	return checkRecord(
		seal({
			kind,
			entity,
			parents: [],
			scope: toScope(scope),
			author: 'office',
			device: 'desk1',
			at: '2026-11-23T01:02:03.004Z',
			body
		})
	);
}

describe('checkRecord', () => {
	it.each([
		['area', 'qianmen', { name: '前门街道' }],
		['area', 'qianmen/caochang/g3', { name: '第三网格' }],
		['courtyard', 'qianmen/caochang/g3/c12', { name: '草厂三条12号' }],
		[
			'household',
			'qianmen/caochang/g3/c12/h04',
			{ door: '东房', head: '示例甲', phone: '000-0000', people: 3 }
		],
		['household', 'qianmen/caochang/g3/c12/h04', {}]
	])('takes a %s at %s', (kind, scope, body) => {
		expect(place(kind, scope, body)).toMatchObject({ ok: true });
	});

	it.each([
		['area', 'qianmen/caochang/g3/c12', { name: 'x' }, '/scope'],
		['courtyard', 'qianmen/caochang/g3', { name: 'x' }, '/scope'],
		['household', 'qianmen/caochang/g3/c12', {}, '/scope'],
		['courtyard', 'qianmen/caochang/g3/c12', { name: '' }, '/body/name'],
		['courtyard', 'qianmen/caochang/g3/c12', { name: 'two\nlines' }, '/body/name'],
		['courtyard', 'qianmen/caochang/g3/c12', { name: 'x'.repeat(81) }, '/body/name'],
		['household', 'qianmen/caochang/g3/c12/h04', { people: 2.5 }, '/body/people'],
		['household', 'qianmen/caochang/g3/c12/h04', { phone: 'call me' }, '/body/phone'],
		['household', 'qianmen/caochang/g3/c12/h04', { idNumber: '1' }, '/body/idNumber']
	])('refuses a %s at %s with body %j and says where', (kind, scope, body, at) => {
		expect(place(kind, scope, body)).toMatchObject({ ok: false, refusal: { code: 'body', at } });
	});

	it('refuses a place under another place’s name', () => {
		const other = place('courtyard', 'qianmen/caochang/g3/c12', { name: 'x' }, 'qianmen.caochang.g3.c13');
		expect(other).toMatchObject({ ok: false, refusal: { code: 'body', at: '/entity' } });
	});

	it('refuses a kind nobody knows, and names it', () => {
		const unknown = place('weather', 'qianmen', { fine: true });
		expect(unknown).toEqual({
			ok: false,
			refusal: { code: 'kind', at: '/kind', detail: 'unknown kind weather' }
		});
	});
});
