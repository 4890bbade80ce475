import { flushSync } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import { DraftForm, type DraftKeeper } from '#app/draft-form.svelte.ts';
import { isJsonObject, type Json } from '#records/json.ts';
import { StoreError } from '#records/phone-store.ts';
import { withinEffect } from '../features/within-effect.svelte.ts';
import { clock, freshAccount, opened } from '../storage/stores.ts';

type Note = { text: string; tags: string[] };
const start: Note = { text: '', tags: [] };

function read(kept: Json): Note | undefined {
	if (!isJsonObject(kept) || typeof kept['text'] !== 'string' || !Array.isArray(kept['tags']))
		return undefined;
	return { text: kept['text'], tags: kept['tags'].map(String) };
}

/** A form on a page that closes when the test ends, or before. */
function form(keeper: DraftKeeper) {
	const { made, end } = withinEffect(() => new DraftForm({ keeper, key: 'note', start, read, now: clock }));
	onTestFinished(end);
	flushSync();
	return { form: made, close: end };
}

function type(into: DraftForm<Note>, text: string): void {
	into.value.text = text;
	flushSync();
}

const store = () => opened(freshAccount());

test('the first keystroke is on the disk, with nothing pressed', async () => {
	const keeper = await store();
	type(form(keeper).form, '雨');
	await expect.poll(() => keeper.draft('note')).toMatchObject({ value: { text: '雨', tags: [] } });
});

test('of many keystrokes the last one is on the disk', async () => {
	const keeper = await store();
	const open = form(keeper).form;
	for (const text of ['下', '下雨', '下雨了', '下雨了，没人开门']) type(open, text);
	await expect.poll(() => keeper.draft('note')).toMatchObject({ value: { text: '下雨了，没人开门' } });
});

test('a change deep in the form is kept too', async () => {
	const keeper = await store();
	const open = form(keeper).form;
	open.value.tags.push('指导');
	flushSync();
	await expect.poll(() => keeper.draft('note')).toMatchObject({ value: { tags: ['指导'] } });
});

test('opened again, it holds what was typed and says when', async () => {
	const keeper = await store();
	const first = form(keeper);
	type(first.form, '没写完');
	first.close();
	await expect.poll(() => keeper.draft('note')).toBeDefined();

	const again = form(keeper).form;
	await again.restore();
	expect(again.value).toEqual({ text: '没写完', tags: [] });
	expect(again.restoredAt).toBe(clock().toISOString());
});

test('what someone types before the draft is read stands', async () => {
	const keeper = await store();
	await keeper.keepDraft({ key: 'note', at: clock().toISOString(), value: { text: '旧的', tags: [] } });
	const open = form(keeper).form;
	type(open, '新的');
	await open.restore();
	expect(open.value.text).toBe('新的');
	expect(open.restoredAt).toBeUndefined();
});

test('a draft of another shape is left alone', async () => {
	const keeper = await store();
	await keeper.keepDraft({ key: 'note', at: clock().toISOString(), value: [1, 2] });
	const open = form(keeper).form;
	await open.restore();
	expect(open.value).toEqual(start);
	expect(await keeper.draft('note')).toMatchObject({ value: [1, 2] });
});

test('a form emptied by hand leaves no draft', async () => {
	const keeper = await store();
	const open = form(keeper).form;
	type(open, '错了');
	await expect.poll(() => keeper.draft('note')).toBeDefined();
	type(open, '');
	await expect.poll(() => keeper.draft('note')).toBeUndefined();
});

test('saving drops the draft with the write that replaces it, and nothing brings it back', async () => {
	const keeper = await store();
	const open = form(keeper);
	type(open.form, '写完了');
	await open.form.finish((finishedDraft) => keeper.save({ revisions: [], finishedDraft }));
	open.close();
	expect(await keeper.draft('note')).toBeUndefined();
});

test('a save that fails leaves the draft, and goes on keeping', async () => {
	const keeper = await store();
	const open = form(keeper).form;
	type(open, '存不下');
	await expect(
		open.finish(() => Promise.reject(new StoreError('full', new Error('no room'))))
	).rejects.toMatchObject({ code: 'full' });
	expect(await keeper.draft('note')).toMatchObject({ value: { text: '存不下' } });
	type(open, '再试一次');
	await expect.poll(() => keeper.draft('note')).toMatchObject({ value: { text: '再试一次' } });
});

test('discarded, it is as at first, on the screen and on the disk', async () => {
	const keeper = await store();
	const open = form(keeper).form;
	type(open, '不要了');
	await expect.poll(() => keeper.draft('note')).toBeDefined();
	await open.discard();
	flushSync();
	expect(open.value).toEqual(start);
	expect(await keeper.draft('note')).toBeUndefined();
	type(open, '重新写');
	await expect.poll(() => keeper.draft('note')).toMatchObject({ value: { text: '重新写' } });
});

test('a page about to go writes what is pending without waiting for the write under way', () => {
	const asked: Json[] = [];
	const slow: DraftKeeper = {
		draft: () => Promise.resolve(undefined),
		keepDraft: ({ value }) => {
			asked.push(value);
			return new Promise(() => {});
		},
		dropDraft: () => Promise.resolve()
	};
	const open = form(slow).form;
	type(open, '一');
	type(open, '一二');
	expect(asked).toEqual([{ text: '一', tags: [] }]);
	window.dispatchEvent(new Event('pagehide'));
	expect(asked).toEqual([
		{ text: '一', tags: [] },
		{ text: '一二', tags: [] }
	]);
});

test('a draft that cannot be kept is told, until one can', async () => {
	const held: { refuse: boolean } = { refuse: true };
	const keeper: DraftKeeper = {
		draft: () => Promise.resolve(undefined),
		keepDraft: () =>
			held.refuse ? Promise.reject(new StoreError('full', new Error('no room'))) : Promise.resolve(),
		dropDraft: () => Promise.resolve()
	};
	const open = form(keeper).form;
	type(open, '满了');
	await expect.poll(() => open.trouble).toMatchObject({ code: 'full' });
	held.refuse = false;
	type(open, '满了，清了一些');
	await expect.poll(() => open.trouble).toBeUndefined();
});
