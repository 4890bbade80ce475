import { gzippedPushes } from '#sync/gzipped-pushes.ts';
import { connect, type Remote } from '#sync/remote.ts';

/** The server this page came from, as the app speaks to it. */
export function ownServer(): Remote {
	return connect(
		{ origin: location.origin, fetch: gzippedPushes((url, init) => fetch(url, init)) },
		new AbortController().signal
	);
}

/** Signs this browser in. @throws Error when the server does not let it. */
export async function signIn(name: string, password: string): Promise<void> {
	const answer = await fetch('/db/_session', {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ name, password })
	});
	if (!answer.ok) throw new Error(`not signed in: ${answer.status} ${await answer.text()}`);
}
