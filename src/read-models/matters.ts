import type { Day } from '#kinds/day.ts';
import { dayAt } from '#kinds/day.ts';
import { matter, readMatter, type MatterRead } from '#kinds/matter.ts';
import type { Revision } from '#records/revision.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { isWithin, levelOf, parentScope, type Scope } from '#records/scope.ts';
import { stateOf } from '#records/state-of.ts';

/** 民事: what someone raised, with when and by which account. `withdrawn`: why it was taken back. */
export interface ListedMatter {
	readonly entity: string;
	/** A household, or a courtyard. */
	readonly scope: Scope;
	readonly courtyard: Scope;
	readonly at: string;
	readonly day: Day;
	readonly author: string;
	readonly body: MatterRead;
	readonly withdrawn: string | undefined;
}

/** The matters within `within`, what was raised last first. */
export function mattersIn(records: RevisionSet, within: readonly Scope[]): readonly ListedMatter[] {
	return [...records.entities('matter')]
		.flatMap((entity) => listed(records, entity) ?? [])
		.filter(({ scope }) => within.some((outer) => isWithin(scope, outer)))
		.sort((a, b) => (a.at === b.at ? (a.entity < b.entity ? -1 : 1) : a.at < b.at ? 1 : -1));
}

function listed(records: RevisionSet, entity: string): ListedMatter | undefined {
	const revisions = [...records.revisions('matter', entity)];
	const [first] = revisions.toSorted((a, b) =>
		a.at === b.at ? (a.hash < b.hash ? -1 : 1) : a.at < b.at ? -1 : 1
	);
	const courtyard = first && courtyardOf(first.scope);
	if (!first || !courtyard) return undefined;
	const { scope, at, author } = first;
	const state = records.state('matter', entity);
	const day = dayAt(new Date(at));
	const about = { entity, scope, courtyard, at, day, author };
	if (state.status === 'present') return { ...about, body: readMatter(state.body), withdrawn: undefined };
	return { ...about, body: lastSaid(revisions), withdrawn: reasonIn(revisions) };
}

function courtyardOf(scope: Scope): Scope | undefined {
	return levelOf(scope) === 'household' ? parentScope(scope) : scope;
}

/** What a withdrawn matter said before. */
function lastSaid(revisions: readonly Revision[]): MatterRead {
	const state = stateOf(
		revisions.filter(({ body }) => body !== null),
		matter.policy
	);
	return readMatter(state.status === 'present' ? state.body : {});
}

function reasonIn(revisions: readonly Revision[]): string {
	return revisions.flatMap(({ reason }) => reason ?? []).join('\n');
}
