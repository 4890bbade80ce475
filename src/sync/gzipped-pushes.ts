import type { Fetch } from './wire.ts';

/** Characters; shorter bodies gain nothing. */
const least = 1_000;

/**
 * The same fetch, that sends pushed documents in gzip. A server that does not take that answers 415 or 400 and gets
 * them as they are, from then on, too.
 */
export function gzippedPushes(fetch: Fetch): Fetch {
	let isTaken = typeof CompressionStream !== 'undefined';
	return async (url, init = {}) => {
		const { body } = init;
		const isPush = typeof url === 'string' && url.endsWith('/_bulk_docs');
		if (!isTaken || !isPush || typeof body !== 'string' || body.length < least) return await fetch(url, init);
		const headers = new Headers(init.headers);
		headers.set('Content-Encoding', 'gzip');
		const answer = await fetch(url, { ...init, headers, body: await gzip(body) });
		if (answer.status !== 415 && answer.status !== 400) return answer;
		await answer.body?.cancel();
		const plain = await fetch(url, init);
		isTaken = !plain.ok;
		return plain;
	};
}

async function gzip(text: string): Promise<ArrayBuffer> {
	const zipped = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
	return await new Response(zipped).arrayBuffer();
}
