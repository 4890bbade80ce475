import fc from 'fast-check';
import { byPlace, type Clause } from '#kinds/clause.ts';
import { conventionPolicy } from '#kinds/convention-policy.ts';
import { conventionEntity, readConvention } from '#kinds/convention.ts';
import { policyOf } from '#kinds/kinds.ts';
import { placedInOrder } from '#kinds/place-in-order.ts';
import { usualPassRule } from '#kinds/pass-rule.ts';
import type { JsonObject } from '#records/json.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { headsOf, type EntityState } from '#records/state-of.ts';

export const scope = toScope('qianmen/caochang/g3/c12');
export const entity = conventionEntity(scope, 'gongyue0');

const acts = [
	...['sync', 'sync', 'sync in part', 'reword', 'reword', 'reword', 'reword', 'heading', 'preamble', 'title'],
	...['add', 'move', 'split', 'merge', 'remove', 'restore', 'stage', 'settle']
] as const;

/** Something done on one of three phones; the numbers say where in the text, as far as it goes. */
export interface Act {
	readonly phone: number;
	readonly act: (typeof acts)[number] | 'withdraw';
	readonly where: number;
	readonly from: number;
	readonly much: number;
}

export const anyEvening: fc.Arbitrary<readonly Act[]> = fc.array(
	fc.record({
		phone: fc.integer({ min: 0, max: 2 }),
		act: fc.oneof(
			{ weight: 60, arbitrary: fc.constantFrom(...acts) },
			{ weight: 1, arbitrary: fc.constant('withdraw' as const) }
		),
		where: fc.nat(99),
		from: fc.nat(99),
		much: fc.nat(99)
	}),
	{ minLength: 4, maxLength: 13 }
);

/** What three people wrote, and what became of it. */
export interface Evening {
	readonly all: readonly Revision[];
	/** The state on each phone, after everyone has everything. */
	readonly states: readonly EntityState[];
	/** Characters that nobody else put in, with the revision that did. */
	readonly written: ReadonlyMap<string, Revision>;
	/** Of these, the ones that someone put into another place, or back. */
	readonly carried: ReadonlySet<string>;
}

/** A text as it is being edited; clauses in order. */
interface Draft {
	readonly body: JsonObject;
	readonly clauses: readonly (Omit<Clause, 'place'> & { readonly place?: string | undefined })[];
}

const words = '门口不放杂物，门口不停车，狗拴绳。';
const firstBody: JsonObject = {
	title: '院落公约',
	type: 'convention',
	preamble: `为了大家：${words}`,
	clauses: ['clause01', 'clause02', 'clause03'].map((id, index) => ({
		id,
		place: `a${index}`,
		heading: '门口',
		text: words.slice(index * 3) + words
	})),
	rule: { ...usualPassRule },
	stage: { name: 'drafting' }
};

/** Does the acts on three phones that begin with one text, then lets everyone have everything. */
export function spend(evening: readonly Act[]): Evening {
	const server = new Map<string, Revision>();
	const phones = [0, 1, 2].map(() => new RevisionSet(policyOf));
	const written = new Map<string, Revision>();
	const carried = new Set<string>();
	let characters = 0;
	let ids = 0;

	const known = (phone: RevisionSet) => [...phone.revisions('convention', entity)];
	const exchange = (phone: RevisionSet, wanted: (index: number) => boolean) => {
		for (const revision of known(phone)) server.set(revision.hash, revision);
		phone.add([...server.values()].filter((_, index) => wanted(index)).reverse());
	};
	const save = (phone: RevisionSet, index: number, body: JsonObject | null, fresh: readonly string[]) => {
		const revision = seal({
			kind: 'convention',
			entity,
			parents: headsOf(phone.state('convention', entity)),
			scope,
			author: `worker${index}`,
			device: `phone${index}`,
			at: new Date(Date.UTC(2026, 10, 23) + server.size * 1000 + written.size).toISOString(),
			body,
			...(body === null && { reason: '不再需要' })
		});
		phone.add([revision]);
		for (const character of fresh) written.set(character, revision);
	};

	const [first] = phones;
	if (!first) throw new Error('no phone');
	save(first, 0, firstBody, []);
	for (const phone of [...phones]) exchange(phone, () => true);

	for (const { phone: index, act, where, from, much } of evening) {
		const phone = phones[index];
		if (!phone) throw new RangeError(`no phone ${index}`);
		if (act === 'sync') exchange(phone, () => true);
		else if (act === 'sync in part') exchange(phone, (at) => (at * 7 + where) % 3 > 0);
		else {
			const state = phone.state('convention', entity);
			const fresh: string[] = [];
			const another = () => {
				characters += 1;
				const character = String.fromCodePoint(0x20000 + characters);
				fresh.push(character);
				return character;
			};
			const newId = () => {
				ids += 1;
				return `added${String(ids).padStart(4, '0')}`;
			};
			const carry = (text: string) => {
				for (const character of text) if (written.has(character)) carried.add(character);
			};
			if (state.status !== 'present') {
				const body = known(phone).find((revision) => revision.body)?.body ?? firstBody;
				carry(JSON.stringify(body));
				save(phone, index, body, fresh);
				continue;
			}
			const takesAway = state.doubts.some(({ path }) => path === '') && from % 4 === 0;
			if (act === 'withdraw' || takesAway) {
				save(phone, index, null, fresh);
				continue;
			}
			const before = known(phone).flatMap(({ body }) => (body ? readConvention(body).clauses : []));
			const draft = draftOf(settled(state, much));
			const edited = edit(draft, { act, where, from, much, another, newId, carry, before });
			save(phone, index, bodyOf(edited), fresh);
		}
	}
	for (const phone of [...phones, ...phones]) exchange(phone, () => true);
	const states = phones.map((phone) => phone.state('convention', entity));
	return { all: [...server.values()], states, written, carried };
}

/** The body with a candidate for each doubt: what is saved on top of all heads settles them. */
function settled(state: EntityState & { readonly status: 'present' }, choice: number): JsonObject {
	const fields = new Map(conventionPolicy.split(state.body));
	for (const { path, candidates } of state.doubts.filter((doubt) => doubt.path !== '')) {
		const value = candidates[choice % candidates.length]?.value;
		if (value === undefined) fields.delete(path);
		else fields.set(path, value);
	}
	return conventionPolicy.join(fields);
}

function draftOf(body: JsonObject): Draft {
	return { body, clauses: readConvention(body).clauses };
}

function bodyOf({ body, clauses }: Draft): JsonObject {
	const places = placedInOrder(clauses.map(({ place }) => place));
	const placed = clauses.map((clause, index) => ({ ...clause, place: places[index] ?? '' }));
	return { ...body, clauses: placed.sort(byPlace) };
}

interface Doing extends Omit<Act, 'phone'> {
	/** A character that nobody wrote before. */
	readonly another: () => string;
	readonly newId: () => string;
	/** Told what is put into another place, or back. */
	readonly carry: (text: string) => void;
	/** Clauses of every revision known. */
	readonly before: readonly Clause[];
}

function edit(draft: Draft, doing: Doing): Draft {
	const { act, where, from, much, another } = doing;
	const { body, clauses } = draft;
	const at = where % Math.max(1, clauses.length);
	const clause = clauses[at];
	const reworded = (text: unknown) => rewordedText(typeof text === 'string' ? text : '', from, much, another);
	if (act === 'title' || act === 'preamble')
		return { clauses, body: { ...body, [act]: reworded(body[act]) } };
	if (act === 'stage') {
		const stage = much % 2 === 0 ? { name: 'deliberating', because: another() } : { name: 'collecting' };
		return { clauses, body: { ...body, stage } };
	}
	if (act === 'add') {
		const added = { id: doing.newId(), text: another() + another() };
		return { body, clauses: clauses.toSpliced(at + 1, 0, added) };
	}
	if (act === 'restore') return { body, clauses: restored(clauses, at, doing) };
	if (!clause) return draft;
	if (act === 'reword')
		return { body, clauses: clauses.with(at, { ...clause, text: reworded(clause.text) }) };
	if (act === 'heading')
		return { body, clauses: clauses.with(at, { ...clause, heading: reworded(clause.heading) }) };
	if (act === 'remove') return { body, clauses: clauses.toSpliced(at, 1) };
	if (act === 'move') {
		const moved = { ...clause, place: undefined };
		return { body, clauses: clauses.toSpliced(at, 1).toSpliced(from % clauses.length, 0, moved) };
	}
	if (act === 'split') return { body, clauses: split(clauses, at, doing) };
	return act === 'merge' ? { body, clauses: merged(clauses, at, doing) } : draft;
}

type DraftClauses = Draft['clauses'];

function restored(clauses: DraftClauses, at: number, { before, from, carry }: Doing): DraftClauses {
	const gone = before.filter(({ id }) => clauses.every((each) => each.id !== id));
	const back = gone[from % Math.max(1, gone.length)];
	if (!back) return clauses;
	carry(back.text + (back.heading ?? ''));
	return clauses.toSpliced(at, 0, back);
}

function split(clauses: DraftClauses, at: number, { from, carry, newId }: Doing): DraftClauses {
	const clause = clauses[at];
	const text = [...(clause?.text ?? '')];
	if (!clause || text.length < 2) return clauses;
	const cut = 1 + (from % (text.length - 1));
	const rest = text.slice(cut).join('');
	carry(rest);
	const parts = [
		{ ...clause, text: text.slice(0, cut).join('') },
		{ id: newId(), text: rest }
	];
	return clauses.toSpliced(at, 1, ...parts);
}

/** A clause and the next become one. */
function merged(clauses: DraftClauses, at: number, { carry }: Doing): DraftClauses {
	const [clause, next] = [clauses[at], clauses[at + 1]];
	if (!clause || !next) return clauses;
	carry(next.text + (next.heading ?? ''));
	const text = clause.text + (next.heading ?? '') + next.text;
	return clauses.toSpliced(at, 2, { ...clause, text });
}

/** A few characters taken out, a few put in, anywhere; never nothing left. */
function rewordedText(text: string, from: number, much: number, another: () => string): string {
	const old = [...text];
	const put = Array.from({ length: much % 3 }, another);
	const left = old.toSpliced(from % (old.length + 1), Math.floor(much / 3) % 4, ...put);
	return left.length > 0 ? left.join('') : another();
}
