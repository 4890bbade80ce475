import { describe, expect, test } from 'vitest';
import { acquaintance, identityOf, seqNumber } from '../../src/sync/database-identity.ts';

const info = { db_name: 'zg-qianmen', update_seq: 12, uuid: 'a' };

describe('acquaintance', () => {
	test.each([
		['never read', undefined, info, 'new'],
		['read to here', { identity: 'a', seq: 12 }, info, 'unchanged'],
		['read less far', { identity: 'a', seq: 11 }, info, 'known'],
		['read further than it reaches', { identity: 'a', seq: 13 }, info, 'lost'],
		['another database under the name', { identity: 'b', seq: 12 }, info, 'lost'],
		['a cluster, read less far', { identity: 'a', seq: '9-gAx' }, { ...info, update_seq: '12-gBy' }, 'known'],
		['a cluster gone back', { identity: 'a', seq: '13-gAx' }, { ...info, update_seq: '12-gBy' }, 'lost'],
		[
			'a cluster, other shards first',
			{ identity: 'a', seq: '12-gAx' },
			{ ...info, update_seq: '12-gBy' },
			'known'
		]
	] as const)('%s', (_case, checkpoint, told, expected) => {
		expect(acquaintance(checkpoint, told)).toBe(expected);
	});
});

test('a database without our uuid is told apart by when it was made', () => {
	const couch = { db_name: 'zg-qianmen', update_seq: '0', instance_start_time: '1700000000' };
	expect(identityOf(couch)).not.toBe(identityOf({ ...couch, instance_start_time: '1800000000' }));
	expect(identityOf(couch)).toBe(identityOf({ ...couch, update_seq: '5' }));
});

test.each([
	[0, 0],
	[12, 12],
	['12-g1AAAAFTeJzLYWBg', 12],
	['garbage', 0],
	['-3', 0]
])('the count at the front of %j is %i', (seq, number) => {
	expect(seqNumber(seq)).toBe(number);
});
