import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import ts from 'typescript-eslint';

/** The project's own configuration, on files that need not exist: without the rules that need types. */
const untyped = new ESLint({ overrideConfig: [ts.configs.disableTypeChecked] });
const typed = new ESLint();

async function errorsOf(eslint: ESLint, filePath: string, code: string): Promise<readonly string[]> {
	const results = await eslint.lintText(code, { filePath });
	return results.flatMap(({ messages }) =>
		messages.map(({ ruleId, message }) => `${ruleId ?? 'no rule'}: ${message}`)
	);
}

const nameOf: Readonly<Record<string, string>> = { features: 'minutes/a.ts', routes: 'today/a.ts' };
const target = (layer: string) => nameOf[layer] ?? 'a.ts';

/** What each layer may import of the others; everything else is a broken arrow. */
const allowed: Readonly<Record<string, readonly string[]>> = {
	records: [],
	kinds: ['records'],
	access: ['records', 'kinds'],
	'read-models': ['records', 'kinds', 'access'],
	roster: ['records', 'kinds', 'access'],
	storage: ['records', 'kinds', 'access'],
	sync: ['records', 'kinds', 'access'],
	app: ['records', 'kinds', 'access', 'read-models', 'roster', 'ui', 'paraglide'],
	features: ['records', 'kinds', 'access', 'read-models', 'roster', 'app', 'ui', 'paraglide'],
	ui: ['paraglide'],
	'sync-server': ['records', 'kinds', 'access', 'read-models', 'roster']
};
const layers = [
	...['records', 'kinds', 'access', 'read-models', 'roster', 'storage', 'sync', 'app', 'features', 'ui'],
	...['routes', 'paraglide']
];

/** Every way to write the same import; none may slip through. */
function imports(from: string, to: string): readonly string[] {
	const file = `${to}/${target(to)}`;
	const up = from === 'sync-server' ? '../src/' : from === 'features' ? '../../' : '../';
	return [
		...(to === 'routes' ? [] : [`import { a } from '#${file}'; a();`, `export * from '#${file}';`]),
		`import { a } from '${up}${file}'; a();`,
		`import type { A } from '${up}${file}'; export type B = A;`,
		`export const a = () => import('${up}${file}');`
	];
}

describe.each(Object.entries(allowed))('src/%s', (from, to) => {
	const filePath =
		from === 'sync-server'
			? 'sync-server/z.ts'
			: `src/${from}/${from === 'features' ? 'check-ins/' : ''}z.ts`;

	test.each(layers.filter((layer) => layer !== from && !to.includes(layer)))(
		'may not import %s',
		async (other) => {
			for (const code of imports(from, other)) {
				expect(await errorsOf(untyped, filePath, code), code).toContainEqual(
					expect.stringContaining('Broken arrow')
				);
			}
		}
	);

	test.each(to)('may import %s', async (other) => {
		for (const code of imports(from, other))
			expect(await errorsOf(untyped, filePath, code), code).toEqual([]);
	});
});

test.each(['records', 'kinds', 'access', 'read-models', 'roster'])('src/%s is pure', async (layer) => {
	const codes = [
		...['svelte', 'svelte/reactivity', '$app/state', 'dexie', 'pouchdb-core', 'hono', '@hono/node-server'],
		...['node:fs', 'fs', 'fs/promises', 'crypto']
	].flatMap((name) => [`import { a } from '${name}'; a();`, `export const a = () => import('${name}');`]);
	const effects = [
		...['Date.now()', 'new Date()', 'Math.random()', 'crypto.randomUUID()'],
		...["fetch('/')", 'window.name', 'localStorage.length', 'indexedDB.databases()']
	].map((code) => `export const a = () => ${code};`);
	for (const code of [...codes, ...effects]) {
		expect(await errorsOf(untyped, `src/${layer}/z.ts`, code), code).toContainEqual(
			expect.stringContaining('Broken arrow')
		);
	}
	expect(
		await errorsOf(untyped, `src/${layer}/z.ts`, "export const a = new Date('2026-11-23').getTime();")
	).toEqual([]);
});

test.each([
	['src/features/check-ins/z.ts', "import { a } from '#features/minutes/a.ts'; a();"],
	['src/features/check-ins/z.ts', "import { a } from '../minutes/a.ts'; a();"],
	['src/features/check-ins/z.ts', "export const a = () => import('../minutes/a.ts');"],
	['src/features/check-ins/sheet/z.ts', "import { a } from '../../minutes/a.ts'; a();"],
	[
		'src/features/check-ins/Z.svelte',
		'<script lang="ts">import { a } from \'../minutes/a.ts\'; a();</script>'
	]
])('a feature may not reach into another: %s: %s', async (filePath, code) => {
	expect(await errorsOf(untyped, filePath, code)).toContainEqual(
		expect.stringContaining('features never import each other')
	);
});

test.each([
	['src/features/check-ins/z.ts', "import { a } from './a.ts'; a();"],
	['src/features/check-ins/sheet/z.ts', "import { a } from '../a.ts'; a();"],
	['src/storage/z.ts', "import { Dexie } from 'dexie'; export const db = new Dexie('a');"],
	['src/sync/z.ts', "import { PouchDB } from 'pouchdb-core'; export const db = PouchDB;"],
	['sync-server/api/z.ts', "import { a } from '../storage/a.ts'; a();"],
	['src/routes/z.ts', "import { a } from '#storage/a.ts'; import { b } from '#sync/b.ts'; a(b);"],
	['src/service-worker/z.ts', "import { a } from '#storage/a.ts'; import { b } from '#sync/b.ts'; a(b);"]
])('what a layer is for is allowed: %s: %s', async (filePath, code) => {
	expect(await errorsOf(untyped, filePath, code)).toEqual([]);
});

test.each([
	['src/app/z.ts', "import { Dexie } from 'dexie'; new Dexie('a');", 'may not know IndexedDB'],
	['src/sync/z.ts', "export const a = () => indexedDB.open('a');", 'may not know it'],
	['src/storage/z.ts', "import { PouchDB } from 'pouchdb-core'; PouchDB();", 'may not know the network'],
	['src/features/check-ins/z.ts', "export const a = () => fetch('/');", 'may not know it'],
	['src/storage/z.ts', "import { a } from 'svelte'; a();", 'may not know Svelte'],
	['src/app/z.ts', "import { a } from '../../sync-server/a.ts'; a();", 'outside src'],
	['src/service-worker/z.ts', "import { a } from '#features/minutes/a.ts'; a();", 'Broken arrow'],
	['sync-server/z.ts', "import { a } from 'svelte/reactivity'; a();", 'Broken arrow'],
	['src/ui/z.ts', 'export default 1;', 'no-restricted-exports'],
	['src/ui/z.ts', "export { a as default } from './a.ts';", 'no-restricted-exports'],
	['src/ui/z.ts', 'export let count = 0; count += 1;', 'No module-level mutable state'],
	['sync-server/z.ts', 'let count = 0; count += 1;', 'No module-level mutable state'],
	['src/ui/z.ts', "import { a } from './a'; a();", 'with its extension'],
	['tests/z.ts', "import { a } from '#records/a'; a();", 'with its extension'],
	['src/ui/index.ts', 'export const a = 1;', 'by its subject'],
	['src/ui/utils/z.ts', 'export const a = 1;', 'by its subject'],
	['src/ui/z.ts', `// ${'TO'}${'DO'}: later`, 'no-warning-comments'],
	['src/ui/z.ts', `/* ${'FIX'}${'ME'} */`, 'no-warning-comments'],
	['src/ui/z.ts', `debugger; // ${'eslint'}-disable-line`, 'no-debugger'],
	['src/ui/z.ts', `// ${'eslint'}-disable-next-line\ndebugger;`, 'no-warning-comments'],
	['src/ui/Z.svelte', `<!-- ${'eslint'}-disable -->\n{@html '<b>'}`, 'svelte/no-at-html-tags'],
	['src/ui/z.ts', "export const a: number = '1' as never;", 'consistent-type-assertions'],
	['src/ui/z.ts', 'export const a = (b: { c: number } | null) => b!.c;', 'no-non-null-assertion'],
	['src/ui/z.ts', 'export const a = (b: any) => [b];', 'no-explicit-any'],
	['src/ui/z.ts', `// @ts-${'expect'}-error because\nexport const a: number = '1';`, 'ban-ts-comment'],
	['tests/z.test.ts', "import { test } from 'vitest'; test.skip('a', () => {});", 'No test is switched off'],
	['tests/z.test.ts', "import { it } from 'vitest'; it.only('a', () => {});", 'No test is switched off']
])('house rules hold: %s: %s', async (filePath, code, error) => {
	expect(await errorsOf(untyped, filePath, code)).toContainEqual(expect.stringContaining(error));
});

test('`as const` is no assertion', async () => {
	expect(await errorsOf(untyped, 'src/ui/z.ts', "export const a = ['b'] as const;")).toEqual([]);
});

test.each([
	['export function a(): void { Promise.resolve(); }', 'no-floating-promises'],
	[
		"export function a(b: 'c' | 'd'): number { switch (b) { case 'c': return 1; } return 0; }",
		'switch-exhaustiveness-check'
	],
	["export const a = (): number => JSON.parse('1');", 'no-unsafe-return']
])('rules that need types hold: %s', async (code, error) => {
	expect(await errorsOf(typed, 'src/records/json.ts', code)).toContainEqual(expect.stringContaining(error));
});
