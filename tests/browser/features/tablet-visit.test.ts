import { expect, onTestFinished, test } from 'vitest';
import { verifierIterations } from '#access/cards-api.ts';
import { Workplace } from '#app/workplace.svelte.ts';
import type { Door } from '#features/tablet/code-check.ts';
import { TabletDoors, type Memory } from '#features/tablet/tablet-doors.svelte.ts';
import { TabletVisit, waitSeconds } from '#features/tablet/tablet-visit.svelte.ts';
import { toScope } from '#records/scope.ts';
import { clock, freshAccount, opened } from '../storage/stores.ts';

const household = toScope('qianmen/caochang/g3/c12/h04');
const code = 'ABCD2345';

async function ownDoor(): Promise<Door> {
	const salt = crypto.getRandomValues(new Uint8Array(16));
	const material = await crypto.subtle.importKey('raw', new TextEncoder().encode(code), 'PBKDF2', false, [
		'deriveBits'
	]);
	const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: verifierIterations };
	const key = new Uint8Array(await crypto.subtle.deriveBits(how, material, 256));
	const verifier = { salt: base64(salt), key: base64(key), expires: '2026-12-20T00:00:00.000Z' };
	return { household, label: '4号', verifiers: [verifier] };
}

function base64(bytes: Uint8Array): string {
	return btoa(String.fromCharCode(...bytes));
}

function newMemory(): Memory {
	const kept = new Map<string, string>();
	return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

async function tablet() {
	const account = freshAccount();
	const store = await opened(account);
	let now = clock();
	const workplace = new Workplace({ name: account, roles: [] }, 'device', store, () => now);
	onTestFinished(await workplace.open(['2026-11'], () => {}));
	const memory = newMemory();
	return {
		workplace,
		visit: new TabletVisit(workplace, memory),
		/** The page loaded anew. */
		again: () => new TabletVisit(workplace, memory),
		later: (seconds: number) => (now = new Date(now.getTime() + seconds * 1000))
	};
}

async function typed(visit: TabletVisit, text: string): Promise<void> {
	for (const character of text) await visit.type(character);
}

test('a household’s code makes today’s check-in, once however often it is typed', async () => {
	const { workplace, visit } = await tablet();
	const door = await ownDoor();
	for (const tries of [1, 2]) {
		visit.pick(door);
		await typed(visit, code);
		expect(visit.state, `try ${tries}`).toMatchObject({ step: 'thanks', door: { label: '4号' } });
		visit.leave();
	}
	const own = await workplace.store.own('waiting', 10);
	expect(own.map(({ revision }) => revision)).toMatchObject([
		{ entity: 'qianmen.caochang.g3.c12.h04.2026-11-23', body: { reported: { quality: 'correct' } } }
	]);
});

test('after five wrong codes nobody may try for half a minute, also when the page is loaded anew', async () => {
	const { workplace, visit, again, later } = await tablet();
	const door = await ownDoor();
	visit.pick(door);
	for (const left of [4, 3, 2, 1]) {
		await typed(visit, '22222222');
		expect(visit.state).toMatchObject({ step: 'code', typed: '', wrong: left });
	}
	await typed(visit, '22222222');
	expect(visit.state.step).toBe('waiting');
	const reloaded = again();
	reloaded.pick(door);
	expect(reloaded.state.step).toBe('waiting');
	later(waitSeconds);
	reloaded.pick(door);
	await typed(reloaded, code);
	expect(reloaded.state.step).toBe('thanks');
	expect(await workplace.store.own('waiting', 10)).toHaveLength(1);
});

test('what was typed wrong can be erased; a door without a valid card says so', async () => {
	const { visit, later } = await tablet();
	const door = await ownDoor();
	visit.pick(door);
	await typed(visit, 'ABX');
	visit.erase();
	expect(visit.state).toMatchObject({ step: 'code', typed: 'AB' });
	await typed(visit, code.slice(2));
	expect(visit.state.step).toBe('thanks');
	later(40 * 24 * 60 * 60);
	visit.pick(door);
	expect(visit.state.step).toBe('no-card');
});

test('the doors stay at hand when the server cannot be reached', async () => {
	const memory = newMemory();
	const told = { courtyard: toScope('qianmen/caochang/g3/c12'), doors: [await ownDoor()] };
	const online = new TabletDoors({
		...{ memory, account: 'tablet-one' },
		server: { tablet: () => Promise.resolve({ outcome: 'done', value: told }) }
	});
	expect(online.known).toBeUndefined();
	await online.refresh();
	expect(online.known).toEqual(told);
	const offline = new TabletDoors({
		...{ memory, account: 'tablet-one' },
		server: { tablet: () => Promise.resolve({ outcome: 'offline' }) }
	});
	await offline.refresh();
	expect(offline.known).toEqual(told);
});
