import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toScope } from '#records/scope.ts';
import { readConfig } from '../../sync-server/config.ts';
import { openLog } from '../../sync-server/observe/log.ts';
import { startServer } from '../../sync-server/start-server.ts';
import { createAccount } from '../serve.ts';
import { outsiders, type MatrixAccount } from './rights/matrix-accounts.ts';
import { refusedStatus, startMatrix, type Answer, type Matrix } from './rights/matrix.ts';
import { everyMethod, routeRules, type RouteRule, type RouteTargets } from './rights/route-rules.ts';
import { sampleRecord } from './rights/sample-records.ts';

let matrix: Matrix;
let accounts: readonly MatrixAccount[];
let targets: RouteTargets;

beforeAll(async () => {
	matrix = await startMatrix();
	accounts = [...matrix.accounts, ...(await outsiders(matrix.server, new Date()))];
	targets = await makeTargets();
});
afterAll(() => matrix.server.remove());

async function call(
	path: string,
	method: string,
	headers: Readonly<Record<string, string>>,
	body?: unknown
): Promise<Answer> {
	const response = await fetch(`${matrix.server.url}${path}`, {
		method,
		headers: { ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
		...(body !== undefined && { body: JSON.stringify(body) })
	});
	return { status: response.status, text: await response.text() };
}

/** An account whose device has handed a record over, and a card, both about household h04. */
async function makeTargets(): Promise<RouteTargets> {
	const { name, password } = await createAccount(matrix.server, 'target', ['worker:qianmen/caochang/g3']);
	const device = { id: 'target-phone' };
	const signedIn = await call('/db/_session', 'POST', {}, { name, password, device });
	const secret = textIn(signedIn, 'handover');
	const household = toScope('qianmen/caochang/g3/c12/h04');
	const record = sampleRecord('act', household, name, device.id);
	const Authorization = `Device ${Buffer.from(`${name}:${device.id}:${secret}`).toString('base64')}`;
	await call('/api/handover', 'POST', { Authorization }, { records: [record], photos: [] });
	const office = accountOf('subdistrict office');
	const handovers = await call('/api/handovers', 'GET', office.headers);
	const made = await call('/api/cards', 'POST', office.headers, { scope: household, uses: 1 });
	return {
		account: name,
		device: device.id,
		card: textIn(made, 'id'),
		handover: textIn(handovers, 'id')
	};
}

function counted(routes: readonly string[]): Readonly<Record<string, number>> {
	return Object.fromEntries(
		[...Map.groupBy(routes, (route) => route)].map(([route, its]) => [route, its.length])
	);
}

/** The first text that an answer has under a name. */
function textIn({ text }: Answer, member: string): string {
	const [, found] = new RegExp(`"${member}":"([^"]+)"`).exec(text) ?? [];
	if (found === undefined) throw new Error(`no ${member} in ${text}`);
	return found;
}

function accountOf(who: string): MatrixAccount {
	const found = accounts.find((account) => account.who === who);
	if (!found) throw new Error(`no account ${who}`);
	return found;
}

it('knows every route of the server', async () => {
	const dataDir = await mkdtemp(join(tmpdir(), 'zhonggeng-routes-'));
	const read = readConfig({ PORT: '0', DATA_DIR: dataDir, ZG_PBKDF2_ITERATIONS: '1000' });
	if (!read.ok) throw new Error(JSON.stringify(read.problems));
	const running = await startServer(read.config, openLog('silent'));
	await running.stop();
	await rm(dataDir, { recursive: true });
	// The app's files are anybody's; what is below /db has a matrix of its own.
	const own = running.routes.filter((route) => !/^(?:GET|HEAD) \/\*$|^ALL /.test(route));
	expect([...new Set(own)].sort()).toEqual(Object.keys(routeRules).sort());
	// With how often: a handler that takes every method is told from what goes before or after the others by that alone.
	const every = running.routes.filter((route) => route.startsWith('ALL '));
	expect(counted(every)).toEqual(everyMethod);
});

it('answers other methods by nothing but that they are not there', async () => {
	const { headers } = accountOf('subdistrict office');
	const own = Object.keys(everyMethod).filter((route) => !route.includes('*') && !route.includes('/setup'));
	for (const route of own) {
		const path = route.replace('ALL ', '').replace(':name', targets.account).replaceAll(/:\w+/g, 'none');
		const { status } = await call(path, 'PROPFIND', headers);
		expect([route, [404, 405].includes(status)]).toEqual([route, true]);
	}
});

it.each(Object.entries(routeRules))('%s', async (route, rule) => {
	const [method = '', pattern = ''] = route.split(' ');
	const path = rule.path?.(targets) ?? pattern;
	// Few tries are left at what is public: it is limited by address.
	const few = ['nobody', 'resident', 'courtyard tablet'];
	for (const account of accounts) {
		if (account.isAdmin || (rule.who === 'public' && !few.includes(account.who))) continue;
		const { status, text } = await call(path, method, account.headers, rule.body?.(account));
		expect([account.who, status]).toEqual([account.who, expectedStatus(rule, account)]);
		if (rule.who === 'any account')
			expect([account.who, text.includes(targets.account)]).toEqual([
				account.who,
				rule.seenBy?.includes(account.who) ?? false
			]);
		if (status >= 400) expect(text).not.toContain(targets.account);
	}
});

function expectedStatus({ who, status }: RouteRule, account: MatrixAccount): number {
	if (who === 'public') return status;
	if (account.name === undefined) return 401;
	return who === 'any account' || who.includes(account.who) ? status : refusedStatus(account);
}
