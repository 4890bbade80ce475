/**
 * What SvelteKit hands to a service worker (kit docs, "Service workers"). Its own types bring the
 * page's along, which a worker does not have.
 */
declare module '$service-worker' {
	/** Paths of the scripts and styles of the build, named by their content. */
	export const build: string[];
	/** Paths of what lies in `static`. */
	export const files: string[];
	/** Another one for every build. */
	export const version: string;
}
