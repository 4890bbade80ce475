import type { AccountChange, ManagedAccount, NewAccount } from '#access/accounts-api.ts';
import { formatGrant, parseGrant, type Grant } from '#access/grant.ts';
import { mayManage } from '#access/managing.ts';
import type { Day } from '#kinds/day.ts';
import type { WorkerRow } from './read-workers.ts';
import type { RowAt } from './sheet.ts';
import { readAccountName, readDisplay, readPlace, readRole, readUntil } from './worker-cells.ts';
import { workerNote, type WorkerNote } from './worker-note.ts';
import type { NamedPlace } from './worker-places.ts';

export const workerOutcomes = ['new', 'changed', 'unchanged', 'refused'] as const;
export type WorkerOutcome = (typeof workerOutcomes)[number];

/** What becomes of a row, and what is wrong with one that is refused. `role`: as it will stand. */
export interface WorkerReport {
	readonly at: RowAt;
	readonly label: string;
	readonly outcome: WorkerOutcome;
	readonly role: string;
	readonly notes: readonly WorkerNote[];
}

/** One thing to ask the server for. */
export type WorkerStep =
	| { readonly type: 'create'; readonly account: NewAccount }
	| { readonly type: 'change'; readonly name: string; readonly change: AccountChange };

export interface WorkersPlan {
	readonly steps: readonly WorkerStep[];
	/** One for every row, in the order of the file. */
	readonly rows: readonly WorkerReport[];
}

export interface WorkersInput {
	readonly rows: readonly WorkerRow[];
	readonly accounts: readonly ManagedAccount[];
	/** The importing office's. */
	readonly grants: readonly Grant[];
	/** What it may name. */
	readonly places: readonly NamedPlace[];
	readonly today: Day;
}

/** What an account is by a card, which no sheet gives or takes. */
const byCard = ['resident', 'tablet'];

interface SoundRow {
	readonly at: RowAt;
	readonly account: string;
	readonly display: string;
	readonly role: string;
}

/**
 * Compares a sheet with the accounts there are. Several rows may give one account several roles. What the sheet says is
 * added, a new last day replaces the old one, and nothing is taken away: a role or an account that is not in the sheet
 * stays. Planned again after it was done, it plans nothing.
 */
export function planWorkers(input: WorkersInput): WorkersPlan {
	const known = new Map(input.accounts.map((account) => [account.name, account]));
	const read = input.rows.map((row) => readRow(row, input));
	const sound = read.flatMap((one) => (one.sound ? [one.sound] : []));
	const byAccount = Map.groupBy(sound, ({ account }) => account);
	const reports = new Map<RowAt, WorkerReport>(
		read.flatMap(({ refused }) => (refused ? [[refused.at, refused]] : []))
	);
	const steps: WorkerStep[] = [];
	for (const [name, rows] of byAccount) {
		const planned = planAccount(name, rows, known.get(name), input.grants);
		if (planned.step) steps.push(planned.step);
		for (const report of planned.reports) reports.set(report.at, report);
	}
	return { steps, rows: input.rows.flatMap(({ at }) => reports.get(at) ?? []) };
}

function readRow(
	{ at, cells }: WorkerRow,
	{ grants, places, today }: WorkersInput
): { readonly sound?: SoundRow; readonly refused?: WorkerReport } {
	const account = readAccountName(cells.account);
	const display = readDisplay(cells.display);
	const role = readRole(cells.role);
	const place = readPlace(cells.place, role.ok ? role.value : 'worker', places);
	const until = readUntil(cells.until, today);
	const label = [account.ok ? account.value : '', display.ok ? display.value : ''].filter(Boolean).join(' ');
	const refuse = (notes: readonly WorkerNote[]) => ({
		refused: { at, label, outcome: 'refused' as const, role: '', notes }
	});
	if (account.ok && display.ok && role.ok && place.ok && until.ok) {
		const grant = { role: role.value, scope: place.value };
		const text = formatGrant(until.value === '' ? grant : { ...grant, until: until.value });
		if (!mayManage(grants, [text])) return refuse([workerNote('role_not_yours', { value: text })]);
		return { sound: { at, account: account.value, display: display.value, role: text } };
	}
	// What a place may be depends on the role: of a row without one, the place is not judged.
	const judged = role.ok ? [account, display, role, place, until] : [account, display, role, until];
	return refuse(judged.flatMap((cell) => (cell.ok ? [] : [cell.note])));
}

function planAccount(
	name: string,
	rows: readonly SoundRow[],
	known: ManagedAccount | undefined,
	grants: readonly Grant[]
): { readonly step?: WorkerStep; readonly reports: readonly WorkerReport[] } {
	const named = rows.find(({ display }) => display !== '');
	const differing = rows.filter(({ display }) => display !== '' && display !== named?.display);
	const taken = rows.filter((row) => !differing.includes(row));
	const report = (row: SoundRow, outcome: WorkerOutcome, notes: readonly WorkerNote[] = []) => ({
		at: row.at,
		label: [row.account, row.display].filter(Boolean).join(' '),
		outcome,
		role: row.role,
		notes
	});
	const contrary = differing.map((row) =>
		report(row, 'refused', [workerNote('display_differs', { row: named?.at.row ?? '' })])
	);
	const refusal = known && refusalOf(known, grants);
	if (refusal) {
		return { reports: [...contrary, ...taken.map((row) => report(row, 'refused', [workerNote(refusal)]))] };
	}
	const before = known?.roles ?? [];
	const roles = taken.reduce<readonly string[]>((all, { role }) => withRole(all, role), before);
	const display = named && named.display !== known?.display ? { display: named.display } : {};
	const changedRoles = roles.join() !== before.join();
	const reports = [...contrary, ...taken.map((row) => report(row, known ? changeOf(row, known) : 'new'))];
	if (!known) return { step: { type: 'create', account: { name, ...display, roles: [...roles] } }, reports };
	if (!changedRoles && display.display === undefined) return { reports };
	const own = roles.filter((role) => !byCard.includes(parseGrant(role)?.role ?? ''));
	const change = { ...display, ...(changedRoles && { roles: own }), rev: known.rev };
	return { step: { type: 'change', name, change }, reports };
}

function refusalOf(known: ManagedAccount, grants: readonly Grant[]): WorkerNote['code'] | undefined {
	if (!mayManage(grants, known.roles)) return 'account_not_yours';
	return known.disabled ? 'account_disabled' : undefined;
}

function changeOf({ role, display }: SoundRow, known: ManagedAccount): WorkerOutcome {
	const same = known.roles.includes(role) || withRole(known.roles, role).join() === known.roles.join();
	return same && (display === '' || display === known.display) ? 'unchanged' : 'changed';
}

/** `roles` with `text` in the place of the same role on the same place; one without a last day leaves theirs alone. */
function withRole(roles: readonly string[], text: string): readonly string[] {
	const grant = parseGrant(text);
	const held = roles.find((one) => {
		const other = parseGrant(one);
		return other && other.role === grant?.role && other.scope === grant.scope;
	});
	if (held === undefined) return [...roles, text];
	return grant?.until === undefined ? roles : roles.map((one) => (one === held ? text : one));
}
