import type { Grant } from '#access/grant.ts';
import { mayConfirm } from '#access/rights.ts';
import { actOf } from '#kinds/act.ts';
import { checkInOf } from '#kinds/check-in.ts';
import { addDays, type Day } from '#kinds/day.ts';
import type { Refusal } from '#records/check-revision.ts';
import type { Revision } from '#records/revision.ts';

/**
 * Why a record of a day is too early, or undefined when it is not: points are for what was done. A phone's clock may
 * be ahead of `today` by a day, and whoever confirms what others recorded may also record what is planned.
 */
export function earlyRefusal(
	grants: readonly Grant[],
	{ kind, entity, scope }: Revision,
	today: Day
): Refusal | undefined {
	const day = kind === 'check-in' ? checkInOf(entity)?.day : kind === 'act' ? actOf(entity)?.day : undefined;
	if (day === undefined || day <= addDays(today, 1) || mayConfirm(grants, kind, scope)) return undefined;
	return { code: 'body', detail: `${day} is yet to come`, at: '/entity' };
}
