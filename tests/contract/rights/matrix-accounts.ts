import { grantsOf, rolesOn, type Grant } from '#access/grant.ts';
import type { Holder } from '#access/rights-table.ts';
import { addDays, dayAt, type Day } from '#kinds/day.ts';
import { overTheWire, parsedJson } from '../../parsed-json.ts';
import { basic, createAccount, sessionCookie, type Login, type TestServer } from '../../serve.ts';

/** Someone in the matrix: an account and what it should count for. */
export interface MatrixAccount {
	readonly who: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Undefined: nobody, as far as the server is concerned. */
	readonly name: string | undefined;
	readonly isAdmin: boolean;
	/** Those that hold today. */
	readonly grants: readonly Grant[];
}

/** By what the table of rights calls them; some more than once, on other places. */
const roleOf: Readonly<Record<Holder, string>> = {
	'subdistrict office': 'office:qianmen',
	'community office': 'office:qianmen/caochang',
	'grid worker': 'worker:qianmen/caochang/g3',
	'partner organisation': 'partner:qianmen/caochang/g3',
	resident: 'resident:qianmen/caochang/g3/c12/h04',
	'courtyard tablet': 'tablet:qianmen/caochang/g3/c12'
};

export async function matrixAccounts(server: TestServer, now: Date): Promise<readonly MatrixAccount[]> {
	const today = dayAt(now);
	const held = [
		...Object.entries(roleOf),
		['worker of one courtyard', 'worker:qianmen/caochang/g3/c12'],
		['worker until today', `worker:qianmen/caochang/g3@${today}`],
		['worker until yesterday', `worker:qianmen/caochang/g3@${addDays(today, -1)}`]
	] as const;
	const accounts: MatrixAccount[] = [
		{ who: 'nobody', headers: {}, name: undefined, isAdmin: false, grants: [] }
	];
	for (const [index, [who, role]] of held.entries()) {
		const login = await createAccount(server, `m${index}`, [role]);
		accounts.push(account(who, login, [role], today));
	}
	const gone = await createAccount(server, 'gone', [roleOf['grid worker']]);
	const headers = { Cookie: await sessionCookie(server, gone) };
	await disable(server, gone);
	accounts.push({ ...account('disabled account', gone, [], today), name: undefined, headers });
	return [...accounts, { ...account('server admin', server.admin, [], today), isAdmin: true }];
}

/** Beside them: whose places lie outside the line from grid g3's household h04 up to its subdistrict. */
export async function outsiders(server: TestServer, now: Date): Promise<readonly MatrixAccount[]> {
	const held = [
		['community office elsewhere', 'office:qianmen/dajiang'],
		['grid worker elsewhere', 'worker:qianmen/caochang/g4'],
		['neighbouring resident', 'resident:qianmen/caochang/g3/c12/h06']
	] as const;
	const accounts: MatrixAccount[] = [];
	for (const [index, [who, role]] of held.entries())
		accounts.push(account(who, await createAccount(server, `o${index}`, [role]), [role], dayAt(now)));
	return accounts;
}

function account(who: string, login: Login, roles: readonly string[], today: Day): MatrixAccount {
	const grants = grantsOf(rolesOn(roles, today));
	return { who, headers: basic(login), name: login.name, isAdmin: false, grants };
}

async function disable(server: TestServer, { name }: Login): Promise<void> {
	const url = `${server.url}/db/_users/org.couchdb.user:${name}`;
	const headers = { ...basic(server.admin), 'Content-Type': 'application/json' };
	const stored = overTheWire(parsedJson(await (await fetch(url, { headers })).text()));
	const body = JSON.stringify({ ...stored, disabled: true });
	const { status } = await fetch(url, { method: 'PUT', headers, body });
	if (status !== 201) throw new Error(`cannot disable ${name}: ${status}`);
}
