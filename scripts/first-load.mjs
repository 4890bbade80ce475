import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chunksOf } from './first-load-chunks.mjs';
import { root } from './root.mjs';

/** Bytes of JavaScript, gzipped, that may stand between a person and the first screen. */
const budget = 110_000;
/** Where people arrive: signed out, and at their homes by way of the root. */
const arrivals = [['/login'], ['/', '/today'], ['/', '/office'], ['/', '/home']];
/** What is fetched beside or after the first screen: Kit's routes as they are visited, and these. */
const later = [
	/^\.svelte-kit\//,
	/^src\/sync\//,
	/^src\/roster\//,
	// Looks for new versions once the first screen stands.
	/^node_modules\/workbox-window\//,
	// Draws a card's square, when one is made.
	/^node_modules\/uqr\//,
	/^src\/storage\/destroying\.ts$/,
	// For who has set a PIN.
	/^src\/features\/lock\//,
	/^src\/storage\/(sealed-store|lock-keeper|dropping-sealed)\.ts$/,
	// What writes to the store, and Dexie with it: the first screen is read without.
	/^src\/storage\/(page-store|account-store)\.ts$/,
	// For whoever joined by a card, on the page to sign in.
	/^src\/features\/join\/ContinueSignIn\.svelte$/,
	// Shown to whom the server let go.
	/^src\/features\/session\/DismissedPage\.svelte$/,
	// Opened by a tap, fetched while the round is looked at.
	/^src\/features\/check-ins\/CheckInSheet\.svelte$/,
	/^src\/features\/meetings\/TodayMeetings\.svelte$/,
	/^src\/features\/matters\/DueMatters\.svelte$/,
	/^src\/features\/office-overview\/OfficeDetails\.svelte$/,
	/^src\/features\/resident-home\/(ReportSheet|OwnMonth|StreakLine|PointsLine|ConventionsCard|PublicCard)\.svelte$/,
	// Told by the server, beside the office's first screen.
	/^src\/features\/devices\/HandoverCount\.svelte$/,
	/^src\/features\/[a-z-]+\/charts?\//
];

const output = join(root, '.svelte-kit', 'output');
/** @type {import('./first-load-chunks.mjs').Manifest} */
const manifest = JSON.parse(readFileSync(join(output, 'client', '.vite', 'manifest.json'), 'utf8'));
/**
 * Kit's manifest of its own says which nodes, layouts and errors and leaf, a route is made of.
 * @typedef {{ id: string, page: { layouts: number[], errors: number[], leaf: number } | null }} Route
 * @type {{ manifest: { _: { routes: Route[] } } }}
 */
const kit = await import(pathToFileURL(join(output, 'server', 'manifest-full.js')).href);

const shell = [
	...[
		'node_modules/@sveltejs/kit/src/runtime/client/entry.js',
		'.svelte-kit/generated/client-optimized/app.js'
	],
	// Kit fetches the root's layout and error page at the start, whatever the route.
	...[0, 1].map(node)
];

for (const ids of arrivals) {
	const leaves = ids.map(nodesOf).filter((nodes) => nodes !== undefined);
	if (leaves.length < ids.length) {
		console.log(`\n${ids.join(' → ')}: no such route`);
		process.exitCode = 1;
		continue;
	}
	const needed = chunksOf(manifest, [...shell, ...leaves.flat()], (key) =>
		later.some((part) => part.test(key))
	);
	const rows = [...needed]
		.map((key) => ({ key, file: manifest[key]?.file ?? '' }))
		.filter(({ file }) => file.endsWith('.js'))
		.map(({ key, file }) => ({ key, file, bytes: gzippedSize(file) }))
		.sort((one, other) => other.bytes - one.bytes);
	const sum = rows.reduce((all, { bytes }) => all + bytes, 0);
	console.log(`\n${ids.join(' → ')}: ${sum} of ${budget} bytes`);
	for (const { key, file, bytes } of rows) {
		const name = key.startsWith('_') ? '' : key.replace('.svelte-kit/generated/client-optimized/', '');
		console.log(`${String(bytes).padStart(8)}  ${file.replace('_app/immutable/', '').padEnd(28)} ${name}`);
	}
	if (sum > budget) {
		console.log(
			`${sum - budget} bytes too many. What the first screen can do without belongs behind import(), and in the ` +
				'list of what comes later in scripts/first-load.mjs.'
		);
		process.exitCode = 1;
	}
}

/** @param {number} number */
function node(number) {
	return `.svelte-kit/generated/client-optimized/nodes/${number}.js`;
}

/**
 * @param {string} path A route's, without the groups in its id.
 * @returns {string[] | undefined}
 */
function nodesOf(path) {
	const route = kit.manifest._.routes.find(({ id }) => (id.replaceAll(/\/\([^)]+\)/g, '') || '/') === path);
	if (!route?.page) return undefined;
	const { layouts, errors, leaf } = route.page;
	return [...layouts, ...errors, leaf].filter((number) => Number.isInteger(number)).map(node);
}

/** @param {string} file */
function gzippedSize(file) {
	return gzipSync(readFileSync(join(output, 'client', file)), { level: 9 }).length;
}
