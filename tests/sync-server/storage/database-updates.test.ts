import { beforeEach, expect, it } from 'vitest';
import { DatabaseUpdates, type DatabaseEvent } from '../../../sync-server/storage/database-updates.ts';

let updates: DatabaseUpdates;
beforeEach(() => {
	updates = new DatabaseUpdates('epoch');
});

/** What someone is told who may know of documents whose ids begin with `mine`. */
const told = (since: string) =>
	updates
		.since(since, (_name, ids) => !ids || ids.some((id) => id.startsWith('mine')))
		.map(({ db_name, type }) => `${db_name} ${type}`);

it('tells of a database when one of the writes since concerns one', () => {
	updates.publish('grid', 'updated', ['mine-1']);
	const since = updates.lastSeq;
	updates.publish('grid', 'updated', ['other-1', 'other-2']);
	expect(told(since)).toEqual([]);
	expect(updates.since(since)).toMatchObject([{ db_name: 'grid' }]);
	updates.publish('grid', 'updated', ['other-3', 'mine-2']);
	updates.publish('grid', 'updated', ['other-4']);
	expect(told(since)).toEqual(['grid updated']);
	expect(told(updates.lastSeq)).toEqual([]);
});

it('tells of every database that was made or deleted, whatever was written after', () => {
	const since = updates.lastSeq;
	updates.publish('grid', 'created');
	updates.publish('grid', 'updated', ['other-1']);
	updates.publish('shelf', 'deleted');
	expect(told(since)).toEqual(['grid updated', 'shelf deleted']);
});

it('tells rather too much of what it has forgotten, and of the time before a restart', () => {
	const since = updates.lastSeq;
	updates.publish('quiet', 'updated', ['other']);
	updates.publish(
		'grid',
		'updated',
		Array.from({ length: 10_000 }, (_, number) => `other-${number}`)
	);
	expect(told(since)).toEqual(['quiet updated']);
	const later = updates.lastSeq;
	updates.publish('grid', 'updated', ['other']);
	expect(told(later)).toEqual([]);
	expect(told(since)).toEqual(['quiet updated', 'grid updated']);
	expect(told('7-another')).toEqual(['quiet updated', 'grid updated']);
});

it('gives ids to those who listen, and never in its lines', () => {
	const heard: DatabaseEvent[] = [];
	const stop = updates.subscribe(
		(event) => heard.push(event),
		() => undefined
	);
	updates.publish('grid', 'updated', ['mine-1']);
	updates.publish('grid', 'deleted');
	stop();
	updates.publish('grid', 'created');
	expect(heard.map(({ ids }) => ids)).toEqual([['mine-1'], undefined]);
	expect(Object.keys(updates.since('0')[0] ?? {})).toEqual(['db_name', 'type', 'seq']);
});
