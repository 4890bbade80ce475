import { joinFields, splitFields } from '#records/fields.ts';
import { canonicalJson, hashOfJson } from '#records/hash.ts';
import { isJsonObject, type Json } from '#records/json.ts';
import type { MergeField, MergePolicy } from '#records/merge-policy.ts';
import { joinSets, joinTexts } from '#records/merge-rules.ts';
import { joinClauses, writable } from './clause-merging.ts';
import { brokenId } from './keyed-kind.ts';
import { longText } from './text.ts';

const clausePath = /^\/clauses\/([^/]+)$/;

/**
 * How two people's work on one convention comes together. Each clause is a field, by its id; so is the stage, with
 * all that goes with it. Within a clause two texts are joined where the edits do not touch; a clause that one took
 * out and another reworded is a doubt. What cannot be read as a clause is carried along by its hash.
 */
export const conventionPolicy: MergePolicy = {
	split({ clauses, stage, ...rest }) {
		const fields = new Map(splitFields(rest));
		if (stage !== undefined) fields.set('/stage', stage);
		for (const clause of listOf(clauses)) {
			const path = clausePathOf(memberOf(clause, 'id'));
			const isFirst = brokenId(memberOf(clause, 'id')) === undefined && !fields.has(path);
			fields.set(isFirst ? path : clausePathOf(hashOfJson(clause)), clause);
		}
		return fields;
	},
	join(fields) {
		const clauses = [...fields].flatMap(([path, value]) => (clausePath.test(path) ? [value] : []));
		const rest = [...fields].filter(([path]) => !clausePath.test(path) && path !== '/stage');
		const stage = fields.get('/stage');
		return {
			...joinFields(new Map(rest)),
			clauses: clauses.sort(inOrder),
			...(stage !== undefined && { stage })
		};
	},
	mergeField(path) {
		if (path === '/preamble') return joinPreambles;
		if (path === '/courtyards') return joinCourtyards;
		return clausePath.test(path) ? joinClauses : undefined;
	}
};

/** The path under which a clause merges. */
export function clausePathOf(id: string): string {
	return `/clauses/${id}`;
}

/** The id of the clause that merges under `path`, undefined for other fields. */
export function clauseIdOfPath(path: string): string | undefined {
	return clausePath.exec(path)?.[1];
}

const joinPreambles: MergeField = (base, sides) => writable(longText, joinTexts(base, sides));

/** For all its households and for some courtyards are different things, and for none is neither. */
const joinCourtyards: MergeField = (base, sides) => {
	if (![base, ...sides].every(Array.isArray)) return undefined;
	const joined = joinSets(base, sides);
	return Array.isArray(joined?.value) && joined.value.length > 0 ? joined : undefined;
};

function listOf(clauses: Json | undefined): readonly Json[] {
	if (clauses === undefined) return [];
	return Array.isArray(clauses) ? clauses.map((clause: Json) => clause) : [clauses];
}

/** As `byPlace` has clauses; what is none comes first. */
function inOrder(a: Json, b: Json): number {
	const [one, other] = [a, b].map((clause) => [memberOf(clause, 'place'), memberOf(clause, 'id')]);
	for (const index of [0, 1]) {
		const [left = '', right = ''] = [one?.[index], other?.[index]];
		if (left !== right) return left < right ? -1 : 1;
	}
	return canonicalJson(a) < canonicalJson(b) ? -1 : 1;
}

function memberOf(clause: Json, name: string): string {
	const value = isJsonObject(clause) ? clause[name] : undefined;
	return typeof value === 'string' ? value : '';
}
