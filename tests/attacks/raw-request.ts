import { request, type Agent } from 'node:http';

/** A request as its bytes go out: the path is not tidied up as `fetch` would. */
export interface RawRequest {
	readonly method: string;
	/** Printable ASCII without spaces. */
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | Buffer;
}

/** `hung-up`: the server ended the connection without an answer, as it may with what is no HTTP. */
export type RawAnswer =
	| { readonly outcome: 'answered'; readonly status: number; readonly type: string; readonly text: string }
	| { readonly outcome: 'hung-up' | 'waiting' };

/** Sends it, and waits for the end of the answer for `patienceMs` at most. */
export function send(
	port: number,
	agent: Agent,
	{ method, path, headers, body }: RawRequest,
	patienceMs: number
): Promise<RawAnswer> {
	const { promise, resolve } = Promise.withResolvers<RawAnswer>();
	const sent = request({ host: '127.0.0.1', port, agent, method, path, headers }, (response) => {
		const chunks: Buffer[] = [];
		response.on('data', (chunk: Buffer) => chunks.push(chunk));
		response.on('end', () => {
			const text = Buffer.concat(chunks).toString('utf8');
			resolve({
				outcome: 'answered',
				status: response.statusCode ?? 0,
				type: response.headers['content-type'] ?? '',
				text
			});
		});
		response.on('error', () => resolve({ outcome: 'hung-up' }));
	});
	sent.on('error', () => resolve({ outcome: 'hung-up' }));
	sent.setTimeout(patienceMs, () => {
		resolve({ outcome: 'waiting' });
		sent.destroy();
	});
	sent.end(body);
	return promise;
}
