import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit').Config} */
export default {
	kit: {
		// One shell for every route: the app renders in the browser, from what the phone holds.
		adapter: adapter({ fallback: 'index.html', precompress: true }),
		// Registered by the app itself, which asks before it changes to a new version.
		serviceWorker: { register: false },
		output: { bundleStrategy: 'split' },
		version: { pollInterval: 0 },
		typescript: {
			config: (config) => ({ ...config, include: [] })
		}
	},
	compilerOptions: { runes: true }
};
