import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, toDay } from '#kinds/day.ts';
import type { Revision } from '#records/revision.ts';
import { propertyRuns } from '../property-runs.ts';
import { startServer, type TestServer } from '../serve.ts';
import { asAdmin, newPhone, type Phone } from '../sync/phone.ts';
import { anyWriting, recordsOnServer, states, write, type Writing } from './neighbourhood.ts';
import { anyFates, fates, weather, type Fate } from './weathers.ts';

/**
 * Two phones and the real server process, in any order of writing and syncing, over a network that
 * loses, cuts and repeats; the server may be killed with SIGKILL while it is being written to. In
 * the end all three hold the same records, each once, and fold them to the same states byte for byte.
 */
type Step =
	| { readonly step: 'write'; readonly by: number; readonly writing: Writing }
	| { readonly step: 'sync'; readonly by: number; readonly ahead: readonly Fate[] }
	/** Both at the same time. */
	| { readonly step: 'meet'; readonly ahead: readonly Fate[] };

const by = fc.integer({ min: 0, max: 1 });
const writes = fc.record({ step: fc.constant('write' as const), by, writing: anyWriting });

function stepsWith(ahead: fc.Arbitrary<readonly Fate[]>): fc.Arbitrary<readonly Step[]> {
	const syncs = fc.record({ step: fc.constant('sync' as const), by, ahead });
	const meets = fc.record({ step: fc.constant('meet' as const), ahead });
	return fc.array(
		fc.oneof(
			{ weight: 4, arbitrary: writes },
			{ weight: 2, arbitrary: syncs },
			{ weight: 1, arbitrary: meets }
		),
		{ minLength: 2, maxLength: 14 }
	);
}

/** Small, so that a push takes several requests. */
const batchSize = 10;

/** Each run starts accounts and a database; some start the server again. */
const timeout = 600_000;

let server: TestServer;
let grids = 0;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
});
afterAll(() => server.remove());

/** Does the steps, then lets everyone sync in peace. */
async function live(steps: readonly Step[]): Promise<void> {
	grids += 1;
	const grid = `qianmen/caochang/g${grids}`;
	const database = `zg-qianmen-caochang-g${grids}`;
	await asAdmin(server, 'PUT', database);
	const phones = await Promise.all(
		['a', 'b'].map((name) => newPhone(server, `${name}${grids}`, [`worker:${grid}`]))
	);
	const written: Revision[] = [];
	for (const [at, step] of steps.entries()) {
		if (step.step === 'write') written.push(write(phoneOf(phones, step.by), grid, step.writing, at));
		else await syncIn(step.ahead, step.step === 'sync' ? [phoneOf(phones, step.by)] : phones);
	}
	for (const phone of [...phones, ...phones]) expect(await phone.sync()).not.toHaveProperty('trouble');

	const ids = [...new Set(written.map(({ _id }) => _id))].sort();
	const onServer = await recordsOnServer(server, database);
	expect(onServer.map(({ _id }) => _id).sort()).toEqual(ids);
	for (const { store } of phones) {
		expect([...store.revisions.keys()].sort()).toEqual(ids);
		expect(states(store.revisions.values())).toBe(states(onServer));
		expect(await store.counts()).toEqual({ waiting: 0, refused: 0 });
	}
}

async function syncIn(ahead: readonly Fate[], phones: readonly Phone[]): Promise<void> {
	let killed = false;
	const kill = async () => {
		killed = true;
		await server.kill();
	};
	for (const phone of phones) phone.weather = weather(ahead, kill);
	await Promise.all(phones.map((phone) => phone.sync(batchSize)));
	for (const phone of phones) phone.weather = (_request, send) => send();
	if (killed) server = await server.restart();
}

function phoneOf(phones: readonly Phone[], index: number): Phone {
	const phone = phones[index];
	if (!phone) throw new RangeError(`no phone ${index}`);
	return phone;
}

test(
	'phones and server agree in the end, whatever the network did',
	async () => {
		await fc.assert(fc.asyncProperty(stepsWith(anyFates), live), {
			numRuns: Math.max(20, Math.round(propertyRuns / 200))
		});
	},
	timeout
);

test(
	'and although the server was killed while it was written to',
	async () => {
		const killing = fc
			.tuple(fc.array(fc.constantFrom(...fates), { minLength: 2, maxLength: 6 }), anyFates)
			.map(([before, after]): readonly Fate[] => [...before, 'kills the server', ...after]);
		await fc.assert(fc.asyncProperty(stepsWith(killing), live), {
			numRuns: Math.max(3, Math.round(propertyRuns / 1_000))
		});
	},
	timeout
);

test('a server killed in the middle of a push of 60 loses nothing, and has nothing twice', async () => {
	const firstDay = toDay('2026-10-01');
	const many = Array.from({ length: 60 }, (_, index): Step => {
		const writing = {
			household: 1 + (index % 2),
			day: addDays(firstDay, index),
			quality: 'correct',
			streams: []
		} as const;
		return { step: 'write', by: 0, writing };
	});
	// Session, last sequence, list and description of the database go before the first batch.
	const ahead = [...Array<Fate>(6).fill('arrives'), 'kills the server' as const];
	await live([...many, { step: 'sync', by: 0, ahead }, { step: 'meet', ahead: ['answer lost'] }]);
});
