import { dayAt, monthOf, type Day, type Month } from '#kinds/day.ts';
import { isJsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import type { EntityRef, RevisionSet } from '#records/revision-set.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import { belongsTo } from './belongs-to.ts';
import { byTime } from './written.ts';

/**
 * Whose trace 痕迹 is asked for. `place`: all that is about it or lies in it. `account`: all it recorded. `entity`:
 * all about a meeting, matter or convention and what belongs to it, or about any other thing.
 */
export type TraceSubject =
	| { readonly type: 'place'; readonly scope: Scope }
	| { readonly type: 'account'; readonly account: string }
	| ({ readonly type: 'entity' } & EntityRef);

/** Every revision held that is about `subject`, each once, recorded last first by the devices' clocks. */
export function traceOf(records: RevisionSet, subject: TraceSubject): readonly Revision[] {
	const isAbout = aboutness(subject);
	const trace: Revision[] = [];
	for (const kind of records.kinds())
		for (const entity of records.entities(kind))
			for (const revision of records.revisions(kind, entity)) if (isAbout(revision)) trace.push(revision);
	return trace.sort((a, b) => byTime(b, a));
}

/** Revisions of the same month in Beijing, in the order of the trace. */
export interface TraceMonth {
	readonly month: Month;
	readonly revisions: readonly Revision[];
}

export function traceMonths(trace: readonly Revision[]): readonly TraceMonth[] {
	const months = new Map<Month, Revision[]>();
	for (const revision of trace) {
		const month = monthOf(recordedOn(revision));
		const listed = months.get(month);
		if (listed) listed.push(revision);
		else months.set(month, [revision]);
	}
	return [...months].map(([month, revisions]) => ({ month, revisions }));
}

/** The day in Beijing on which it was recorded, by the device's clock. */
export function recordedOn({ at }: Revision): Day {
	return dayAt(new Date(at));
}

function aboutness(subject: TraceSubject): (revision: Revision) => boolean {
	switch (subject.type) {
		case 'place':
			return ({ scope }) => isWithin(scope, subject.scope);
		case 'account':
			return ({ author }) => author === subject.account;
		case 'entity':
			return aboutEntity(subject);
	}
}

function aboutEntity({ kind, entity }: EntityRef): (revision: Revision) => boolean {
	const whole = belongsTo(kind, entity);
	if (whole?.type !== kind) return (revision) => revision.kind === kind && revision.entity === entity;
	return (revision) => {
		const belonging = belongsTo(revision.kind, revision.entity);
		if (belonging?.type === whole.type && belonging.id === whole.id) return true;
		// What a meeting gave someone to do is a matter of its own.
		const from = kind === 'meeting' && revision.kind === 'matter' ? revision.body?.['from'] : undefined;
		return isJsonObject(from) && from['meeting'] === entity;
	};
}
