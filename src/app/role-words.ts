import { parseGrant, type Role } from '#access/grant.ts';
import type { Day } from '#kinds/day.ts';
import { m } from '#paraglide/messages.js';
import type { RevisionSet } from '#records/revision-set.ts';
import { shortDayText } from './dates.ts';
import { placePath } from './place-path.ts';

export function roleName(role: Role): string {
	switch (role) {
		case 'office':
			return m.accounts_role_office();
		case 'worker':
			return m.accounts_role_worker();
		case 'partner':
			return m.accounts_role_partner();
		case 'resident':
			return m.accounts_role_resident();
		case 'tablet':
			return m.accounts_role_tablet();
	}
}

interface RoleWording {
	readonly records: RevisionSet;
	readonly locale: string;
	readonly today: Day;
}

/** 网格员：草厂社区 第三网格（到 12月31日）. A role that is none of the field's is shown as it is. */
export function roleText(text: string, { records, locale, today }: RoleWording): string {
	const grant = parseGrant(text);
	if (!grant) return text === '_admin' ? m.accounts_role_admin() : text;
	const { role, scope, until } = grant;
	const held = m.accounts_role_at({ role: roleName(role), place: placePath(records, scope) });
	if (until === undefined) return held;
	const day = untilText(until, locale, today);
	return until < today
		? m.accounts_role_ended({ role: held, day })
		: m.accounts_role_until({ role: held, day });
}

function untilText(until: Day, locale: string, today: Day): string {
	return until.startsWith(today.slice(0, 4)) ? shortDayText(until, locale) : until;
}
