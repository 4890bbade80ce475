import { flushSync } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import { Workplace } from '#app/workplace.svelte.ts';
import { ConventionEditing, conventionDraftKey } from '#features/drafting/convention-editing.svelte.ts';
import { checkRecord } from '#kinds/check-record.ts';
import { conventionEntity, maxClauses, type ConventionBody } from '#kinds/convention.ts';
import { usualPassRule } from '#kinds/pass-rule.ts';
import { placedInOrder } from '#kinds/place-in-order.ts';
import { conventionState, type ConventionState } from '#read-models/convention-state.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { clock, freshAccount, opened } from '../storage/stores.ts';
import { withinEffect } from './within-effect.svelte.ts';
import { storePulled } from '../../store-pulled.ts';

const courtyard = toScope('qianmen/caochang/g3/c12');
const entity = conventionEntity(courtyard, 'convention1');

function body(texts: readonly string[]): ConventionBody {
	const places = placedInOrder(texts.map(() => undefined));
	return {
		title: '示例公约',
		type: 'convention',
		clauses: texts.map((text, index) => ({ id: `clause${100 + index}`, place: places[index] ?? '', text })),
		rule: usualPassRule,
		stage: { name: 'drafting' }
	};
}

/** A device on which a convention of these clauses stands. */
async function workplace(texts: readonly string[]): Promise<Workplace> {
	const account = freshAccount();
	const store = await opened(account);
	const place = new Workplace({ name: account, roles: [] }, 'device', store, clock);
	onTestFinished(await place.open([], () => {}));
	await place.save([{ kind: 'convention', entity, scope: courtyard, body: body(texts) }]);
	return place;
}

function standing(place: Workplace): ConventionState {
	const state = conventionState(place.records, entity);
	if (!state) throw new Error('no convention');
	return state;
}

/** The editor, opened as a component would: within an effect. */
function openEditor(place: Workplace) {
	let count = 0;
	const newId = () => `newclause${(count += 1)}`;
	const editor = withinEffect(
		() => new ConventionEditing({ workplace: place, opened: standing(place), newId })
	);
	flushSync();
	return editor;
}

/** One that stays open until the test ends. */
function editor(place: Workplace): ConventionEditing {
	const { made, end } = openEditor(place);
	onTestFinished(end);
	return made;
}

function textsOf(place: Workplace): readonly string[] {
	return standing(place).read.clauses.map(({ text }) => text);
}

function revisions(place: Workplace): readonly Revision[] {
	return [...place.records.revisions('convention', entity)];
}

/** What another phone wrote on top of `first` arrives. */
async function changedElsewhere(
	place: Workplace,
	first: Revision,
	change: (body: ConventionBody) => ConventionBody
) {
	const other = seal({
		...{ kind: 'convention', entity, scope: courtyard, parents: [first.hash] },
		...{ author: 'li', device: 'other', at: '2026-11-23T09:00:00.000Z' },
		body: change(body(['一', '二', '三']))
	});
	const store = await opened(place.account.name);
	await storePulled(store, 'zg-qianmen-caochang-g3', [other], { identity: 'one', seq: 1 });
	await expect.poll(() => place.records.revision('convention', entity, other.hash)).toBeDefined();
	return other;
}

test('every step on clauses is in the one revision that is saved, with the line why', async () => {
	const place = await workplace(['一', '二', '三。四', '五', '六']);
	const editing = editor(place);
	editing.set({ title: '  新公约 ', rule: { turnout: '2/3', agree: '3/4' } });
	editing.reword('clause100', { heading: '开头', text: '一改 ' });
	editing.move(0, 1);
	editing.split(2, 2);
	editing.mergeWithNext(4);
	const [second] = editing.clauses;
	if (second) editing.remove(second);
	const added = editing.add(-1);
	if (added !== undefined) editing.reword(added, { text: '最前' });
	editing.why = ' 院里议过 ';
	expect(editing.check()).toEqual({
		status: 'ready',
		changes: { added: 2, removed: 2, reworded: 3, moved: 0 }
	});
	expect(await editing.save()).toBe(true);
	expect(textsOf(place)).toEqual(['最前', '一改', '三。', '四', '五\n六']);
	const saved = revisions(place).at(-1);
	expect(revisions(place)).toHaveLength(2);
	expect(saved).toMatchObject({
		reason: '院里议过',
		parents: [revisions(place)[0]?.hash],
		body: { title: '新公约', rule: { turnout: '2/3', agree: '3/4' } }
	});
	expect(checkRecord(saved)).toMatchObject({ ok: true });
	expect(await place.store.draft(conventionDraftKey(entity))).toBeUndefined();
});

test('what was typed is on the disk from the first keystroke, and is taken up again', async () => {
	const place = await workplace(['一', '二']);
	const morning = openEditor(place);
	morning.made.reword('clause101', { text: '二又' });
	flushSync();
	await expect
		.poll(() => place.store.draft(conventionDraftKey(entity)))
		.toMatchObject({ value: { draft: { clauses: [{ text: '一' }, { text: '二又' }] } } });
	morning.end();
	const evening = editor(place);
	await evening.form.restore();
	expect(evening.form.restoredAt).toBeDefined();
	expect(evening.clauses.map(({ text }) => text)).toEqual(['一', '二又']);
});

test('a draft begun before another phone’s change is joined with it, and says so beforehand', async () => {
	const place = await workplace(['一', '二', '三']);
	const [first] = revisions(place);
	if (!first) throw new Error('nothing saved');
	const morning = openEditor(place);
	morning.made.reword('clause100', { text: '一改' });
	flushSync();
	await expect.poll(() => place.store.draft(conventionDraftKey(entity))).toBeDefined();
	morning.end();
	const other = await changedElsewhere(place, first, ({ clauses, ...rest }) => ({
		...rest,
		clauses: clauses.map((clause) => (clause.text === '三' ? { ...clause, text: '三改' } : clause))
	}));
	const evening = editor(place);
	await evening.form.restore();
	expect(evening.newer).toMatchObject({ author: 'li', hash: other.hash });
	expect(evening.check()).toMatchObject({ changes: { added: 0, removed: 0, reworded: 1 } });
	expect(await evening.save()).toBe(true);
	expect(revisions(place).at(-1)?.parents).toEqual([first.hash]);
	expect(textsOf(place)).toEqual(['一改', '二', '三改']);
	expect(standing(place).doubts).toEqual([]);
});

test('a stage taken meanwhile on another phone stays, whatever the draft was begun in', async () => {
	const place = await workplace(['一', '二', '三']);
	const [first] = revisions(place);
	if (!first) throw new Error('nothing saved');
	const editing = editor(place);
	editing.reword('clause100', { text: '一改' });
	await changedElsewhere(place, first, (whole) => ({ ...whole, stage: { name: 'deliberating' } }));
	await editing.save();
	expect(standing(place).read.stage).toEqual({ name: 'deliberating' });
	expect(textsOf(place)).toEqual(['一改', '二', '三']);
});

test('with nothing changed there is nothing to save', async () => {
	const place = await workplace(['一', '二']);
	const editing = editor(place);
	expect(editing.check()).toEqual({ status: 'unchanged' });
	editing.move(0, 1);
	editing.move(1, -1);
	editing.reword('clause100', { text: '一 ' });
	expect(editing.check()).toEqual({ status: 'unchanged' });
});

test('pressed twice before the disk answers, it is one revision', async () => {
	const place = await workplace(['一']);
	const editing = editor(place);
	editing.reword('clause100', { text: '二' });
	expect(await Promise.all([editing.save(), editing.save()])).toEqual([true, false]);
	expect(revisions(place)).toHaveLength(2);
});

test('what breaks a limit is named from above downwards, and only once someone wanted to save', async () => {
	const place = await workplace(['一']);
	const editing = editor(place);
	editing.set({ title: ' ' });
	editing.reword('clause100', { heading: '长'.repeat(201), text: '字'.repeat(2001) });
	const added = editing.add(0);
	expect(editing.broken).toEqual([]);
	const broken = [
		{ field: 'title', problem: 'empty', length: 0 },
		{ clause: 'clause100', field: 'heading', problem: 'long', length: 201 },
		{ clause: 'clause100', field: 'text', problem: 'long', length: 2001 },
		{ clause: added, field: 'text', problem: 'empty', length: 0 }
	];
	expect(editing.check()).toEqual({ status: 'broken', broken });
	expect(editing.broken).toEqual(broken);
});

test('there is no room for a clause too many, added, split or put back', async () => {
	const place = await workplace(Array.from({ length: maxClauses }, (_, index) => `${index}。后`));
	const editing = editor(place);
	expect(editing.add(0)).toBeUndefined();
	expect(editing.split(0, 2)).toBeUndefined();
	const [first] = editing.clauses;
	if (!first) throw new Error('no clause');
	editing.remove(first);
	expect(editing.add(-1)).toBeDefined();
	expect(editing.restore(first)).toBe(false);
	expect(editing.clauses).toHaveLength(maxClauses);
});

test('what was pasted with tabs and the like is saved as what a line and a text may hold', async () => {
	const place = await workplace(['一']);
	const editing = editor(place);
	editing.set({ title: '示例\t公约\n\u0007' });
	editing.reword('clause100', { heading: '开\r\n头', text: '一\0改\n二' });
	expect(editing.check()).toMatchObject({ status: 'ready' });
	expect(await editing.save()).toBe(true);
	const saved = revisions(place).at(-1);
	expect(checkRecord(saved)).toMatchObject({ ok: true });
	expect(saved?.body).toMatchObject({
		title: '示例 公约',
		clauses: [{ heading: '开 头', text: '一改\n二' }]
	});
	editing.reword('clause100', { text: '\0 ' });
	expect(editing.check()).toMatchObject({ broken: [{ field: 'text', problem: 'empty' }] });
});

test('what only a later version reads is not written over', async () => {
	const place = await workplace(['一']);
	await place.save([
		{ kind: 'convention', entity, scope: courtyard, body: { ...body(['一']), seal: 'later' } }
	]);
	const editing = editor(place);
	editing.reword('clause100', { text: '二' });
	expect([await editing.save(), editing.trouble]).toEqual([false, 'later-version']);
	expect(revisions(place)).toHaveLength(2);
});

test('a clause taken out keeps its last words, and comes back where it stood under its id', async () => {
	const place = await workplace(['一', '二', '三']);
	const editing = editor(place);
	editing.reword('clause101', { text: '二改' });
	const [, second] = editing.clauses;
	if (second) editing.remove(second);
	flushSync();
	const [out] = editing.out;
	expect(out).toMatchObject({ id: 'clause101', text: '二改' });
	if (out) expect(editing.restore(out)).toBe(true);
	expect(editing.clauses.map(({ id, text }) => [id, text])).toEqual([
		['clause100', '一'],
		['clause101', '二改'],
		['clause102', '三']
	]);
	expect(editing.out).toEqual([]);
});

test('a step is taken back whole, but not over words that were typed after it', async () => {
	const place = await workplace(['一', '二']);
	const editing = editor(place);
	editing.mergeWithNext(0);
	expect(editing.clauses.map(({ text }) => text)).toEqual(['一\n二']);
	editing.undo();
	expect(editing.clauses.map(({ text }) => text)).toEqual(['一', '二']);
	expect(editing.mayUndo).toBe(false);
	editing.move(0, 1);
	editing.reword('clause100', { text: '一又' });
	expect(editing.mayUndo).toBe(false);
	editing.undo();
	expect(editing.clauses.map(({ text }) => text)).toEqual(['二', '一又']);
});

test('a discarded draft is gone from the disk, and the editor shows what stands', async () => {
	const place = await workplace(['一']);
	const editing = editor(place);
	editing.reword('clause100', { text: '二' });
	flushSync();
	await expect.poll(() => place.store.draft(conventionDraftKey(entity))).toBeDefined();
	await editing.discard();
	expect(editing.clauses.map(({ text }) => text)).toEqual(['一']);
	expect(await place.store.draft(conventionDraftKey(entity))).toBeUndefined();
});
