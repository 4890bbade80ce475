import { isGrantable, type Role } from '#access/grant.ts';
import { isDay, type Day } from '#kinds/day.ts';
import { isAuthor } from '#records/check-revision.ts';
import type { Scope } from '#records/scope.ts';
import type { Cell } from './sheet.ts';
import { cleanLine, looseKey } from './text.ts';
import { workerNote, type WorkerNote } from './worker-note.ts';
import { placesMeant, type NamedPlace } from './worker-places.ts';

/** What a cell says, or what is wrong with it. */
export type CellRead<Value> =
	{ readonly ok: true; readonly value: Value } | { readonly ok: false; readonly note: WorkerNote };

const roleWords: Readonly<Partial<Record<Role, string>>> = {
	worker: '网格员 网格 网格长 worker gridworker',
	partner: '社会组织 合作单位 合作组织 志愿组织 partner partnerorganisation',
	office: '办公室 社区 社区居委会 居委会 街道 街道办 社区办公室 街道办公室 office'
};

export function readAccountName(cell: Cell): CellRead<string> {
	const text = cleanLine(cell);
	if (text === '') return wrong('missing', { column: 'account' });
	return isAuthor(text) ? { ok: true, value: text } : wrong('account_wrong', { value: shown(text) });
}

/** `''` when blank. */
export function readDisplay(cell: Cell): CellRead<string> {
	const text = cleanLine(cell);
	return text.length > 80 ? wrong('display_long') : { ok: true, value: text };
}

export function readRole(cell: Cell): CellRead<Role> {
	const text = cleanLine(cell);
	if (text === '') return wrong('missing', { column: 'role' });
	const key = looseKey(text);
	for (const role of ['worker', 'partner', 'office'] as const) {
		if (roleWords[role]?.split(' ').includes(key)) return { ok: true, value: role };
	}
	return wrong('role_unknown', { value: shown(text) });
}

/** One place of those the office may name for the role. */
export function readPlace(cell: Cell, role: Role, places: readonly NamedPlace[]): CellRead<Scope> {
	const text = cleanLine(cell);
	if (text === '') return wrong('missing', { column: 'place' });
	const meant = placesMeant(text, places);
	const fit = meant.filter((scope) => isGrantable(role, scope));
	const [place, ...others] = fit;
	if (others.length > 0) return wrong('place_several', { value: shown(text), places: fit.join('; ') });
	if (place) return { ok: true, value: place };
	return wrong(meant.length > 0 ? 'place_unfit' : 'place_unknown', { value: shown(text) });
}

/** `''` when blank: without an end. A day that has passed is a slip of the pen. */
export function readUntil(cell: Cell, today: Day): CellRead<Day | ''> {
	const text = cleanLine(cell);
	if (text === '') return { ok: true, value: '' };
	const [, year = '', month = '', day = ''] =
		/^(\d{4})(?:[-/.年]\s*)(\d{1,2})(?:[-/.月]\s*)(\d{1,2})日?(?: 0{1,2}:00(?::00)?)?$/u.exec(text) ??
		/^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
		[];
	const until = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	if (!isDay(until)) return wrong('until_unreadable', { value: shown(text) });
	return until < today ? wrong('until_past', { value: until }) : { ok: true, value: until };
}

function wrong(code: WorkerNote['code'], values: WorkerNote['values'] = {}): CellRead<never> {
	return { ok: false, note: workerNote(code, values) };
}

function shown(text: string): string {
	return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
