import { build, files, version } from '$service-worker';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { backgroundSyncTag } from '#sync/background-sync-tag.ts';
import { syncInBackground } from './background-sync.ts';

declare const self: ServiceWorkerGlobalScope;

/** The one page, which draws every route. */
const shell = '/index.html';
/** What the server answers itself; of these nothing is ever kept here. */
const serverPaths = [/^\/db\//, /^\/api\//, /^\/metrics$/, /^\/_up$/];

precacheAndRoute([
	...build.map((url) => ({ url, revision: null })),
	...[...files, shell].map((url) => ({ url, revision: version }))
]);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL(shell), { denylist: serverPaths }));

// The first visit, too, can go offline without being loaded again.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// A new version waits until someone says so: it never takes a half-filled form away.
self.addEventListener('message', ({ data }: ExtendableMessageEvent) => {
	if (asksToTakeOver(data)) void self.skipWaiting();
});

// Background Sync (WICG draft), which TypeScript does not know.
self.addEventListener('sync', (event: Event) => {
	const ours = 'tag' in event && event.tag === backgroundSyncTag;
	if (ours && event instanceof ExtendableEvent) event.waitUntil(syncInBackground());
});

function asksToTakeOver(message: unknown): boolean {
	return (
		typeof message === 'object' && message !== null && 'type' in message && message.type === 'SKIP_WAITING'
	);
}
