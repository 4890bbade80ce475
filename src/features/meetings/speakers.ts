import type { Line, Minutes } from '#read-models/minutes.ts';
import { levelOf, type Scope } from '#records/scope.ts';

/** Who speaks: for a household, or by a name alone. */
export interface SpokenFor {
	readonly household: Scope | '';
	readonly who: string;
}

/** Someone who is there and may speak. */
export interface Speaker extends SpokenFor {
	readonly key: string;
}

/** Who is there, those who spoke last first: in a round of talk it is the same few. */
export function speakersIn({ attendance, items }: Pick<Minutes, 'attendance' | 'items'>): readonly Speaker[] {
	const there = attendance.flatMap((line): readonly Speaker[] => {
		const { body, scope } = line;
		if (body?.about !== 'attendance') return [];
		return [{ key: line.entity, household: householdOf(scope), who: body.who ?? '' }];
	});
	const spoken = items
		.flatMap(({ lines }) => lines)
		.flatMap(({ body, scope }) => (body?.about === 'said' ? [{ body, scope }] : []));
	const lastSpoke = (speaker: Speaker) =>
		spoken
			.filter(({ body, scope }) => isSame(speaker, householdOf(scope), body.who ?? ''))
			.reduce((last, { body }) => (body.at > last ? body.at : last), '');
	return there.toSorted((a, b) => (lastSpoke(a) < lastSpoke(b) ? 1 : lastSpoke(a) > lastSpoke(b) ? -1 : 0));
}

/** A household is one whoever of it speaks; others are told by their names. */
function isSame(speaker: Speaker, household: Line['scope'] | '', who: string): boolean {
	if (speaker.household !== '' || household !== '') return speaker.household === household;
	return speaker.who === who;
}

function householdOf(scope: Scope): Scope | '' {
	return levelOf(scope) === 'household' ? scope : '';
}
