import { expect, it } from 'vitest';
import { GroupCommit } from '../../../sync-server/storage/group-commit.ts';
import { sequencesOf } from '../../../sync-server/storage/sequence-range.ts';
import type { IncomingDoc, Written } from '../../../sync-server/storage/stored-doc.ts';

/**
 * A disk that writes when it is told to, and takes neither a `bad` document nor what comes with a `broken` one. Those
 * that are `old` it has.
 */
function slowDisk() {
	const writes: (readonly string[])[] = [];
	const turns: (() => void)[] = [];
	let seq = 0;
	const commits = new GroupCommit(async (docs: readonly IncomingDoc[]): Promise<Written> => {
		writes.push(docs.map(({ _id }) => _id));
		await new Promise<void>((resolve) => turns.push(resolve));
		if (docs.some(({ _id }) => _id === 'broken')) throw new Error('not as a whole');
		const bad = docs.filter(({ _id }) => _id.startsWith('bad'));
		const fresh = docs.filter((doc) => !bad.includes(doc) && !doc._id.startsWith('old'));
		return {
			failed: bad.map(({ _id }) => ({ ok: false, id: _id, status: 400, error: 'bad', reason: 'bad' })),
			fresh: new Map(fresh.map((doc) => [doc, (seq += 1)]))
		};
	});
	async function letWrite(times: number): Promise<void> {
		for (let time = 0; time < times; time += 1) {
			while (turns.length === 0) await Promise.resolve();
			turns.shift()?.();
		}
	}
	async function write(...ids: string[]) {
		const docs = ids.map((_id) => ({ _id }));
		const written = await commits.write(docs);
		return { failed: written.failed.map(({ id }) => id), sequences: sequencesOf(docs, written) };
	}
	return { write, writes, letWrite };
}

it('what comes while the disk is busy is written together, in its order', async () => {
	const { write, writes, letWrite } = slowDisk();
	const all = Promise.all([write('a'), write('b', 'c'), write('d')]);
	await letWrite(2);
	expect(await all).toEqual([
		{ failed: [], sequences: { first: 1, last: 1 } },
		{ failed: [], sequences: { first: 2, last: 3 } },
		{ failed: [], sequences: { first: 4, last: 4 } }
	]);
	expect(writes).toEqual([['a'], ['b', 'c', 'd']]);
	const later = write('e');
	await letWrite(1);
	expect(await later).toMatchObject({ failed: [] });
});

it('a batch has sequences of its own as far as it was new', async () => {
	const { write, letWrite } = slowDisk();
	const all = Promise.all([write('a'), write('b', 'old-1', 'c'), write('old-2'), write('d', 'e')]);
	await letWrite(2);
	expect((await all).map(({ sequences }) => sequences)).toEqual([
		{ first: 1, last: 1 },
		{ first: 2, last: 3 },
		undefined,
		{ first: 4, last: 5 }
	]);
});

it('each batch is told of its own documents that failed', async () => {
	const { write, letWrite } = slowDisk();
	const all = Promise.all([write('a'), write('b', 'bad-1'), write('bad-2', 'c')]);
	await letWrite(4);
	expect((await all).map(({ failed }) => failed)).toEqual([[], ['bad-1'], ['bad-2']]);
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
