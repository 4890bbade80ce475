import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { grantsOf } from '#access/grant.ts';
import { isScope, levelOf, type Scope } from '#records/scope.ts';
import { planImport } from '#roster/plan.ts';
import { readRosterFile } from '#roster/read-file.ts';
import { maxFileBytes } from '#roster/sheet.ts';
import { CommandError, login, reasonOf, type Client } from './client.ts';
import { askLogin } from './credentials.ts';
import { fetchPlaces, pushRevisions } from './roster-databases.ts';
import { terminalLocale, wordsIn } from './roster-words.ts';

const usage = `Usage:
  npm run roster -- FILE [--dry-run] [--base qianmen/caochang]

Imports a roster (.xlsx or .csv with the columns 社区 网格 院落 门牌 户号 户主 电话 人数) as the office of a
subdistrict or community: ZG_URL (http://localhost:8787), ZG_USER, ZG_PASSWORD, or type what is missing.
--dry-run tells what would be written. --base is needed by accounts of several offices.

Ends with 0 when every household of the file was taken, 1 when rows were refused, 2 when nothing could be done.`;

const sessionAnswer = v.object({
	userCtx: v.object({ name: v.nullable(v.string()), roles: v.array(v.string()) })
});

const words = wordsIn(terminalLocale());

try {
	process.exitCode = await run();
} catch (error) {
	if (!(error instanceof CommandError)) throw error;
	console.error(error.message);
	process.exitCode = 2;
}

async function run(): Promise<number> {
	const { file, dryRun, asked } = readArguments();
	const read = await readRosterFile(await readBytes(file));
	if (!read.ok) throw new CommandError(words.note(read.refusal));

	const { url, name, password } = await askLogin(process.env);
	const client = await login(url, name, password);
	const { author, base } = await office(client, asked);
	const known = await fetchPlaces(client, base);
	const plan = planImport({
		roster: read.roster,
		known,
		base,
		pen: { author, device: 'roster', now: new Date() }
	});

	for (const note of plan.notes) console.log(words.note(note));
	for (const row of plan.rows) {
		if (row.outcome !== 'unchanged' || row.notes.length > 0) console.log(words.row(row));
	}
	const refused = dryRun ? [] : await pushRevisions(client, plan.revisions);
	for (const { id, reason } of refused) console.log(`${id}: ${reason}`);

	console.log();
	for (const line of words.totals(plan.totals)) console.log(line);
	if (plan.revisions.length === 0) console.log(words.say('nothing_changed'));
	if (dryRun) console.log(words.say('dry_run'));
	return plan.totals.refused + refused.length > 0 ? 1 : 0;
}

interface Arguments {
	readonly file: string;
	readonly dryRun: boolean;
	readonly asked: Scope | undefined;
}

function readArguments(): Arguments {
	try {
		const { values, positionals } = parseArgs({
			allowPositionals: true,
			options: { 'dry-run': { type: 'boolean' }, base: { type: 'string' } }
		});
		const [file, ...more] = positionals;
		const { base, 'dry-run': dryRun = false } = values;
		if (file !== undefined && more.length === 0 && (base === undefined || isScope(base))) {
			return { file, dryRun, asked: base };
		}
	} catch {
		// An option that does not exist: the usage says which do.
	}
	throw new CommandError(usage);
}

/** Files are named from the folder that npm was called in. */
async function readBytes(file: string): Promise<Uint8Array> {
	try {
		// One byte more than is taken tells a file that is too large.
		return (await readFile(resolve(process.env['INIT_CWD'] ?? '', file))).subarray(0, maxFileBytes + 1);
	} catch (error) {
		throw new CommandError(`${file}: ${error instanceof Error ? error.message : String(error)}`, {
			cause: error
		});
	}
}

/** Whose office the account is; `asked` chooses where there are several. */
async function office(client: Client, asked: Scope | undefined): Promise<{ author: string; base: Scope }> {
	const response = await client.request('/db/_session');
	if (!response.ok) throw new CommandError(await reasonOf(response));
	const { name, roles } = v.parse(sessionAnswer, await response.json()).userCtx;
	const bases = grantsOf(roles).flatMap(({ role, scope }) => (role === 'office' ? [scope] : []));
	const fits = bases.filter(
		(scope) => asked === undefined || asked === scope || asked.startsWith(`${scope}/`)
	);
	const [base] = fits;
	if (name === null || base === undefined) {
		const what = asked === undefined ? 'an office' : `the office of ${asked}`;
		throw new CommandError(`${name ?? 'The account'} is not ${what}. Its roles: ${roles.join(' ')}`);
	}
	if (asked === undefined && fits.length > 1) {
		throw new CommandError(`${name} has several offices. Say which: --base ${bases.join(' or ')}`);
	}
	const chosen = asked ?? base;
	if (!['subdistrict', 'community', 'grid'].includes(levelOf(chosen))) throw new CommandError(usage);
	return { author: name, base: chosen };
}
