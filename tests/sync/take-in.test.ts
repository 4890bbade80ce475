import { expect, test } from 'vitest';
import { seal } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { namedHashes } from '#records/named-hashes.ts';
import { takeIn } from '../../src/sync/take-in.ts';
import { checkIn, webp } from './records.ts';

const record = checkIn(0);
const nothing = { ids: [], photos: [] };

test('takes records, those of kinds this version does not know included', () => {
	const content = {
		parents: [],
		scope: toScope('qianmen'),
		author: 'li',
		device: 'd',
		at: record.at,
		body: { a: [1] }
	};
	const later = seal({ kind: 'from-a-later-version', entity: 'e', ...content });
	const docs = [record, later].map((doc) => ({ id: doc._id, doc }));
	expect(takeIn(docs)).toEqual({ revisions: [record, later], damaged: [], gone: nothing });
});

test("leaves photos and the database's own alone, and names what was deleted", () => {
	const changes = [
		{ id: `photo:${webp(1).hash}`, doc: { _attachments: { photo: { stub: true } } } },
		{ id: '_design/view', doc: { views: {} } },
		{ id: '_design/old', deleted: true, doc: { _deleted: true } },
		{ id: `photo:${webp(2).hash}`, deleted: true, doc: { _deleted: true } },
		{ id: record._id, deleted: true, doc: { _id: record._id, _deleted: true } }
	];
	const gone = { ids: [record._id], photos: [webp(2).hash] };
	expect(takeIn(changes)).toEqual({ revisions: [], damaged: [], gone });
});

test.each([
	['changed content', { ...record, author: 'wang' }],
	['another id', { ...record, _id: 'check-in:e:0' }],
	['no document', undefined],
	['an unknown field', { ...record, extra: 1 }]
])('%s is damage', (_case, doc) => {
	expect(takeIn([{ id: 'check-in:e:1', doc }])).toEqual({
		revisions: [],
		damaged: ['check-in:e:1'],
		gone: nothing
	});
});

test('finds the photos a record names at any depth, and takes no other text for one', () => {
	const { hash } = webp(1);
	expect(namedHashes({ observed: { photos: [hash], note: hash.toUpperCase() } })).toEqual([hash]);
	expect(namedHashes(null)).toEqual([]);
});
