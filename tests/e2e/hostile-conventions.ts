import { conventionEntity } from '#kinds/convention.ts';
import { opinionEntity } from '#kinds/opinion.ts';
import { usualPassRule } from '#kinds/pass-rule.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { parentScope, type Scope } from '#records/scope.ts';

/** A convention that is deliberated again, and one that two people changed at once. */
export const [deliberatedId, doubtfulId] = ['dddddddd', 'eeeeeeee'] as const;

/** Every text that conventions and opinions may hold, as `typed` gives it; `home` is of the courtyard they are for. */
export function conventionsWith(
	typed: (what: string) => string,
	author: string,
	home: Scope
): readonly Revision[] {
	const yard = parentScope(home) ?? home;
	const written = (
		kind: string,
		[entity, scope]: readonly [string, Scope],
		body: JsonObject,
		more: { readonly on?: Revision; readonly reason?: string } = {}
	) =>
		seal({
			...{ kind, entity, scope, author, device: 'desk', at: new Date().toISOString(), body },
			...{ parents: more.on ? [more.on.hash] : [], ...(more.reason !== undefined && { reason: more.reason }) }
		});
	const text = (clause: string, more: JsonObject = {}): JsonObject => ({
		title: typed('约'),
		type: 'convention',
		preamble: typed('序'),
		clauses: [{ id: 'clause01', place: 'a0', heading: typed('题'), text: typed(clause), credits: [home] }],
		rule: usualPassRule,
		stage: { name: 'drafting' },
		...more
	});
	const about = [conventionEntity(yard, deliberatedId), yard] as const;
	const first = written('convention', about, text('旧'));
	const again = { stage: { name: 'deliberating', because: typed('因') } };
	const then = written('convention', about, text('条', again), { on: first, reason: typed('由') });
	const beside = [conventionEntity(yard, doubtfulId), yard] as const;
	const base = written('convention', beside, text('底'));
	const sides = ['甲', '乙'].map((side) =>
		written('convention', beside, text(side, { title: typed(`${side}约`) }), { on: base })
	);
	const opinion = (topic: string, body: JsonObject) =>
		written('opinion', [opinionEntity(home, deliberatedId, topic), home], body);
	return [
		...[first, then, base, ...sides],
		opinion('clause01', { about: 'clause', view: 'suggest', words: typed('建'), seen: then.hash }),
		opinion('wish0001', { about: 'wish', words: typed('愿') }),
		opinion('object01', { about: 'objection', words: typed('异') }),
		opinion('version1', { about: 'rating', rating: 'poor', words: typed('评') })
	];
}
