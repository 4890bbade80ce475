import { expect, test } from 'vitest';
import { workState } from '#app/work-mark.ts';
import type { SyncStatus } from '#records/sync-status.ts';

const idle: SyncStatus = { activity: { state: 'idle' }, damaged: 0 };
const since = '2026-11-23T08:00:00.000Z';
const offline: SyncStatus = {
	activity: { state: 'waiting', why: 'offline', nextAt: since },
	offlineSince: since,
	damaged: 0
};
const signedOut: SyncStatus = {
	activity: { state: 'waiting', why: 'signed-out', nextAt: since },
	damaged: 0
};

test.each([
	[{ waiting: 0, refused: 0 }, idle, { state: 'delivered' }],
	[{ waiting: 3, refused: 0 }, idle, { state: 'waiting', count: 3 }],
	[{ waiting: 3, refused: 0 }, offline, { state: 'offline', since, waiting: 3 }],
	[{ waiting: 0, refused: 0 }, offline, { state: 'offline', since, waiting: 0 }],
	[{ waiting: 3, refused: 0 }, signedOut, { state: 'signed-out' }],
	[{ waiting: 3, refused: 2 }, offline, { state: 'refused', count: 2 }],
	[{ waiting: 0, refused: 1 }, idle, { state: 'refused', count: 1 }]
])('the mark tells what is most urgent: %j', (counts, status, expected) => {
	expect(workState(counts, status, true)).toEqual(expected);
});

test.each([
	[{ waiting: 0, refused: 0 }, idle, { state: 'fetching' }],
	[{ waiting: 0, refused: 0 }, { ...idle, lastDone: since }, { state: 'delivered' }],
	[{ waiting: 0, refused: 0 }, offline, { state: 'offline', since, waiting: 0 }],
	[{ waiting: 1, refused: 0 }, idle, { state: 'waiting', count: 1 }]
])(
	'on a new device nothing is called delivered before the first exchange: %j',
	(counts, status, expected) => {
		expect(workState(counts, status, false)).toEqual(expected);
	}
);
