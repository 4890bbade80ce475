import { placePath } from '#app/place-path.ts';
import type { AboutRecord } from '#app/record-path.ts';
import { recordTitle } from '#app/record-title.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { subjectOfId } from '#kinds/kinds.ts';
import type { TraceSubject } from '#read-models/trace.ts';
import { byTime } from '#read-models/written.ts';
import { entityKey } from '#records/revision.ts';
import { isScope, levelOf } from '#records/scope.ts';
import type { Wording } from '#app/field-values.ts';

/** Whose trace an address asks for: `?scope=`, `?account=`, or `?kind=&entity=`. */
export function subjectIn(asked: URLSearchParams): TraceSubject | undefined {
	const scope = asked.get('scope');
	const account = asked.get('account');
	const kind = asked.get('kind');
	const entity = asked.get('entity');
	if (isScope(scope)) return { type: 'place', scope };
	if (account) return { type: 'account', account };
	return kind && entity ? { type: 'entity', kind, entity } : undefined;
}

/** Who or what it is, by the name people know it by. */
export function subjectText(subject: TraceSubject, { records, locale }: Wording): string {
	switch (subject.type) {
		case 'place':
			return placePath(records, subject.scope);
		case 'account':
			return subject.account;
		case 'entity': {
			const revisions = [...records.revisions(subject.kind, subject.entity)].sort(byTime);
			const last = revisions.findLast(({ body }) => body !== null) ?? revisions.at(-1);
			return last ? recordTitle(records, last, locale) : subject.entity;
		}
	}
}

/** What the trace is of, as a record whose page can be opened; undefined for a person. */
export function subjectPlace(subject: TraceSubject): AboutRecord | undefined {
	if (subject.type === 'account') return undefined;
	if (subject.type === 'place') {
		const { scope } = subject;
		return { kind: levelOf(scope), entity: entityOfScope(scope), scope };
	}
	const scope = subjectOfId(entityKey(subject.kind, subject.entity))?.scope;
	return scope && { ...subject, scope };
}
