import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import { builtinModules } from 'node:module';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * The folders of src, and which of the others each may import.
 * @type {Record<string, string[]>}
 */
const layers = {
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
	// Where the parts are put together: the one folder that sees them all.
	routes: [
		...['records', 'kinds', 'access', 'read-models', 'roster', 'storage', 'sync', 'app', 'features', 'ui'],
		'paraglide'
	],
	'service-worker': ['records', 'kinds', 'access', 'storage', 'sync']
};
const folders = [...Object.keys(layers), 'paraglide'];
const pure = ['records', 'kinds', 'access', 'read-models', 'roster'];

/**
 * Packages that only some layers know.
 * @type {{ packages: string, name: string, only: string[] }[]}
 */
const knownOnlyTo = [
	{
		packages: String.raw`(?:svelte(?:/|$)|\$app/|\$env/)`,
		name: 'Svelte',
		only: ['app', 'features', 'ui', 'routes']
	},
	{ packages: 'dexie', name: 'IndexedDB', only: ['storage'] },
	{ packages: 'pouchdb', name: 'the network', only: ['sync'] },
	{ packages: '@?hono', name: 'the HTTP server', only: [] },
	{ packages: `(?:node:|(?:${builtinModules.join('|')})(?:/|$))`, name: 'Node', only: [] }
];

/** The same for what is there without an import. */
const globalsOf = {
	browser: ['window', 'document', 'navigator', 'localStorage', 'sessionStorage', 'indexedDB', 'caches'],
	network: ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource']
};

/** @typedef {{ regex: string, message: string }} Pattern */
/** @typedef {{ selector: string, message: string }} Syntax */

const extension = {
	regex: String.raw`^[.#](?!.*\.(?:ts|js|mjs|json|svelte|css|svg)$)(?!.*/\$types$)`,
	message: 'Name the file with its extension: Node runs it as it is.'
};

const moduleState = {
	selector: ['Program', 'Program > ExportNamedDeclaration']
		.map((at) => `${at} > VariableDeclaration[kind=/let|var/]`)
		.join(),
	message: 'No module-level mutable state: hand it in.'
};

const chance = [
	'NewExpression[callee.name="Date"][arguments.length=0]',
	'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
	'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
	'CallExpression[callee.property.name=/randomUUID|getRandomValues/]'
].map((selector) => ({ selector, message: 'Broken arrow: clock and randomness are handed in.' }));

/**
 * Forbids specifiers in imports, exports-from and `import()`, and other syntax besides.
 * @param {Pattern[]} specifiers
 * @param {Syntax[]} [syntax]
 * @returns {import('eslint').Linter.RulesRecord}
 */
function forbid(specifiers, syntax = []) {
	const patterns = [...specifiers, extension];
	const dynamic = patterns.map(({ regex, message }) => ({
		selector: `ImportExpression > Literal[value=/${regex.replaceAll('/', String.raw`\u002F`)}/]`,
		message
	}));
	return {
		'@typescript-eslint/no-restricted-imports': ['error', { patterns }],
		'no-restricted-syntax': ['error', ...dynamic, ...syntax]
	};
}

/**
 * Matches `#kinds/…`, `../kinds/…`, `../../src/kinds/…`.
 * @param {string[]} names
 */
function into(names) {
	return String.raw`^(?:#|(?:\.{1,2}/)*(?:\.\./|src/))(?:${names.join('|')})(?:/|$)`;
}

/** @param {string} layer */
function arrows(layer) {
	const allowed = layers[layer] ?? [];
	const beyond = folders.filter((other) => other !== layer && !allowed.includes(other));
	return [
		{
			regex: into(beyond),
			message: `Broken arrow: of src, ${layer} may import ${allowed.join(', ') || 'nothing but itself'}.`
		},
		{
			regex: String.raw`^(?:\.{1,2}/)*\.\./(?:sync-server|tests|scripts)/`,
			message: `Broken arrow: ${layer} may not import from outside src.`
		},
		...knownOnlyTo
			.filter(({ only }) => !only.includes(layer))
			.map(({ packages, name }) => ({
				regex: `^${packages}`,
				message: `Broken arrow: ${layer} may not know ${name}.`
			}))
	];
}

/**
 * @param {string} layer
 * @returns {import('eslint').Linter.RulesRecord}
 */
function rulesOf(layer) {
	const unknown = [
		...(pure.includes(layer) ? globalsOf.browser : layer === 'storage' ? [] : ['indexedDB']),
		...(['sync', 'service-worker'].includes(layer) ? [] : globalsOf.network)
	];
	return {
		...forbid(arrows(layer), [moduleState, ...(pure.includes(layer) ? chance : [])]),
		'no-restricted-globals': [
			'error',
			...unknown.map((name) => ({
				name,
				message: `Broken arrow: ${layer} may not know it; it is handed in.`
			}))
		]
	};
}

/** A feature's files by depth: that many steps up lead out of the feature. */
const features = [1, 2, 3].map((depth) => ({
	files: [`src/features/${'*/'.repeat(depth)}*.{ts,svelte}`],
	rules: {
		...rulesOf('features'),
		...forbid(
			[
				...arrows('features'),
				{
					regex: String.raw`^#features/|^(?:\./)?(?:\.\./){${depth}}(?!\.\./)`,
					message: 'Broken arrow: features never import each other; what two need moves down.'
				}
			],
			[moduleState]
		)
	}
}));

const server = forbid(
	[
		{
			regex: into(folders.filter((folder) => !pure.includes(folder))).replace(String.raw`\.\./|src/`, 'src/'),
			message: `Broken arrow: of src, sync-server may import ${pure.join(', ')}.`
		},
		{
			regex: String.raw`^(?:\.{1,2}/)*\.\./(?:tests|scripts)/`,
			message: 'Broken arrow: sync-server may not import from there.'
		},
		{
			regex: String.raw`^(?:svelte(?:/|$)|\$app/|dexie)`,
			message: 'Broken arrow: sync-server may not know the app.'
		}
	],
	[moduleState]
);

const switchedOff = {
	selector:
		'MemberExpression[object.name=/^(test|it|describe|suite)$/][property.name=/^(skip|only|todo|fixme)$/]',
	message: 'No test is switched off, and none alone left on.'
};

export default defineConfig(
	globalIgnores([
		'build',
		'.svelte-kit',
		'src/paraglide',
		'coverage',
		'test-results',
		'data',
		'**/*.timestamp-*',
		'project.inlang'
	]),
	{ linterOptions: { noInlineConfig: true, reportUnusedInlineConfigs: 'error' } },
	js.configs.recommended,
	ts.configs.recommendedTypeChecked,
	svelte.configs.recommended,
	{
		languageOptions: {
			globals: globals.node,
			parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] }
		},
		rules: {
			// TypeScript knows which names exist.
			'no-undef': 'off',
			eqeqeq: 'error',
			'no-warning-comments': [
				'error',
				{ terms: ['todo', 'fixme', 'xxx', 'eslint-disable'], location: 'anywhere' }
			],
			'@typescript-eslint/ban-ts-comment': [
				'error',
				{ 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true, 'ts-check': false }
			],
			'@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'all' }],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true }
			]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } }
	},
	{
		rules: {
			// One deployment at the root of its host; sources from outside enter through createSubscriber.
			'svelte/no-navigation-without-resolve': 'off',
			'svelte/prefer-svelte-reactivity': 'off'
		}
	},
	{ rules: forbid([]) },
	{
		files: ['src/**/*.{ts,svelte}'],
		// Declarations of packages have the packages' form.
		ignores: ['**/*.d.ts'],
		languageOptions: { globals: globals.browser },
		rules: {
			'max-lines': ['error', { max: 300 }],
			'no-restricted-exports': [
				'error',
				{
					restrictDefaultExports: {
						direct: true,
						named: true,
						defaultFrom: true,
						namedFrom: true,
						namespaceFrom: true
					}
				}
			]
		}
	},
	...Object.keys(layers).map((layer) => ({
		files: [`src/${layer}/**/*.{ts,svelte}`],
		rules: rulesOf(layer)
	})),
	...features,
	{ files: ['sync-server/**/*.ts'], rules: { ...server, 'max-lines': ['error', { max: 300 }] } },
	{
		files: ['scripts/**/*.mjs'],
		// Plain JavaScript: what JSON.parse returns has the shape its JSDoc says.
		rules: {
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off'
		}
	},
	{ files: ['tests/**/*.ts'], rules: forbid([], [switchedOff]) },
	{
		files: ['**/index.{ts,js,svelte}', '**/utils/**'],
		ignores: ['src/service-worker/index.ts'],
		rules: {
			'no-restricted-syntax': ['error', { selector: 'Program', message: 'Name the file by its subject.' }]
		}
	},
	prettier,
	svelte.configs.prettier,
	// Comments in markup would switch rules off in spite of noInlineConfig.
	{ rules: { 'svelte/comment-directive': 'off' } }
);
