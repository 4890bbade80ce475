import { expect, it } from 'vitest';
import { GroupCommit } from '../../../sync-server/storage/group-commit.ts';
import type { IncomingDoc, WriteResult } from '../../../sync-server/storage/stored-doc.ts';

/** A disk that writes when it is told to, and takes neither a `bad` document nor what comes with a `broken` one. */
function slowDisk() {
	const writes: (readonly string[])[] = [];
	const turns: (() => void)[] = [];
	const commits = new GroupCommit(async (docs: readonly IncomingDoc[]): Promise<readonly WriteResult[]> => {
		writes.push(docs.map(({ _id }) => _id));
		await new Promise<void>((resolve) => turns.push(resolve));
		if (docs.some(({ _id }) => _id === 'broken')) throw new Error('not as a whole');
		const bad = docs.filter(({ _id }) => _id.startsWith('bad'));
		return bad.map(({ _id }) => ({ ok: false, id: _id, status: 400, error: 'bad', reason: 'bad' }));
	});
	async function letWrite(times: number): Promise<void> {
		for (let time = 0; time < times; time += 1) {
			while (turns.length === 0) await Promise.resolve();
			turns.shift()?.();
		}
	}
	const write = (...ids: string[]) => commits.write(ids.map((_id) => ({ _id })));
	return { write, writes, letWrite };
}

it('what comes while the disk is busy is written together, in its order', async () => {
	const { write, writes, letWrite } = slowDisk();
	const all = Promise.all([write('a'), write('b', 'c'), write('d')]);
	await letWrite(2);
	expect(await all).toEqual([[], [], []]);
	expect(writes).toEqual([['a'], ['b', 'c', 'd']]);
	const later = write('e');
	await letWrite(1);
	expect(await later).toEqual([]);
});

it('each batch is told of its own documents that failed', async () => {
	const { write, letWrite } = slowDisk();
	const all = Promise.all([write('a'), write('b', 'bad-1'), write('bad-2', 'c')]);
	await letWrite(4);
	const ids = (await all).map((results) => results.map(({ id }) => id));
	expect(ids).toEqual([[], ['bad-1'], ['bad-2']]);
});

it('where a group is not taken as a whole, each batch stands for itself', async () => {
	const { write, writes, letWrite } = slowDisk();
	const all = Promise.allSettled([write('a'), write('b'), write('broken'), write('c')]);
	await letWrite(5);
	expect((await all).map(({ status }) => status)).toEqual([
		'fulfilled',
		'fulfilled',
		'rejected',
		'fulfilled'
	]);
	expect(writes.slice(2)).toEqual([['b'], ['broken'], ['c']]);
});

it('a group is no larger than two thousand documents, unless one batch is', async () => {
	const { write, writes, letWrite } = slowDisk();
	const many = (count: number) => Array.from({ length: count }, (_, index) => `m-${index}`);
	const all = Promise.all([write('a'), write(...many(1_500)), write(...many(600)), write(...many(2_500))]);
	await letWrite(4);
	await all;
	expect(writes.map(({ length }) => length)).toEqual([1, 1_500, 600, 2_500]);
});
