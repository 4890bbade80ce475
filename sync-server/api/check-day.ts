import type { Grant } from '#access/grant.ts';
import { mayConfirm } from '#access/rights.ts';
import { actOf } from '#kinds/act.ts';
import { checkInOf } from '#kinds/check-in.ts';
import { addDays, type Day } from '#kinds/day.ts';
import { filedDays } from '#kinds/meeting-stage.ts';
import type { Refusal } from '#records/check-revision.ts';
import type { Revision } from '#records/revision.ts';

/**
 * Why a record of a day is too early, or undefined when it is not: points are for what was done, and minutes are
 * filed, and confirmed after the time to object, by `today` and not by the clock of whoever does it. A phone's may be
 * ahead by a day. Whoever confirms what others recorded may also record what is planned.
 */
export function earlyRefusal(
	grants: readonly Grant[],
	{ kind, entity, scope, body }: Revision,
	today: Day
): Refusal | undefined {
	if (kind === 'meeting') {
		const early = filedDays(body?.['stage']).find(({ day }) => day > addDays(today, 1));
		return early && { code: 'body', detail: `${early.day} is yet to come`, at: early.at };
	}
	const day = kind === 'check-in' ? checkInOf(entity)?.day : kind === 'act' ? actOf(entity)?.day : undefined;
	if (day === undefined || day <= today || day <= addDays(today, 1)) return undefined;
	if (mayConfirm(grants, kind, scope)) return undefined;
	return { code: 'body', detail: `${day} is yet to come`, at: '/entity' };
}
