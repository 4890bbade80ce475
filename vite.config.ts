import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/paraglide',
			strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
			emitTsDeclarations: true
		}),
		sveltekit()
	],
	// Dexie's build for modern browsers, 2 KB smaller: its package names only the one for old ones.
	resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
	build: {
		target: 'es2022',
		rolldownOptions: {
			output: {
				// What nearly every page needs comes in few chunks: fifty small ones cost 14 KB more before the first screen.
				codeSplitting: {
					groups: [
						{
							name: 'base',
							test: /node_modules\/(svelte|esm-env|clsx|devalue|@sveltejs|valibot|@noble)\/|src\/(records|kinds|access|paraglide\/runtime)[/.]/,
							minShareCount: 16
						},
						{
							name: 'early',
							test: /src\/storage\/(early-store|disk|loading|pack-text|notices|schema|store-failure|destroying|deleting|device-store)\.ts/
						},
						{
							name: 'store',
							test: /node_modules\/dexie\/|src\/storage\/(store-parts|zhonggeng-database|packing|pack-limits|tail|photos)\.ts/
						},
						{
							name: 'shared',
							test: /src\/(app|ui|read-models|features\/session|paraglide\/messages)\/(?!(Asked|asked|DeskTabs|office-desk|PhotoField|PhotoView|photo|MorePlaces|PlaceSheet|save-work|lock-|session-lock|QrCode|PrintArea|ReadAloud|Table|table-rows|Toggle|SelectField|TextArea|MonthTable|points|redemptions|matters|participation|unvisited|DismissedPage))/,
							minShareCount: 18
						},
						// The names of places, and what the page to sign in says, each a chunk of its own otherwise.
						{
							name: 'names',
							test: /src\/paraglide\/messages\/(nav_\w+|(accounts|affairs|devices|matter|meetings|points|policy|public|public_five|search|office|check_in)_title|app_problem_\w+|login_(title|name|password|submit|too_many|failed))\.js/,
							minShareCount: 2
						}
					]
				}
			}
		}
	}
});
