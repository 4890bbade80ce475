import { Agent, request } from 'node:http';
import { request as secureRequest, Agent as SecureAgent } from 'node:https';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';

const decoders = { gzip: promisify(gunzip), br: promisify(brotliDecompress) };

export interface Asked {
	readonly status: number;
	readonly body: Buffer;
	/** Of the body, as it came. */
	readonly wireBytes: number;
	/** From the request to the last byte. */
	readonly ms: number;
	readonly cookie: string | undefined;
}

export interface Asking {
	readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
	readonly body?: Buffer;
	readonly headers?: Readonly<Record<string, string>>;
}

/** How a phone asks a server: over one connection that it keeps, taking compressed answers as browsers do. */
export type Ask = (url: string, asking?: Asking) => Promise<Asked>;

export function phone(): { readonly ask: Ask; readonly close: () => void } {
	const options = { keepAlive: true, maxSockets: 1 };
	const agents = { http: new Agent(options), https: new SecureAgent(options) };
	return {
		ask: (url, asking = {}) => ask(url, asking, agents),
		close() {
			agents.http.destroy();
			agents.https.destroy();
		}
	};
}

function ask(
	url: string,
	{ method = 'GET', body, headers = {} }: Asking,
	agents: { readonly http: Agent; readonly https: SecureAgent }
): Promise<Asked> {
	const began = performance.now();
	const content = body && { 'Content-Type': 'application/json', 'Content-Length': `${body.length}` };
	const asked = {
		method,
		headers: { Accept: 'application/json', 'Accept-Encoding': 'gzip, br', ...content, ...headers }
	};
	return new Promise((resolve, reject) => {
		const sent = url.startsWith('https:')
			? secureRequest(url, { ...asked, agent: agents.https })
			: request(url, { ...asked, agent: agents.http });
		sent.once('error', reject);
		sent.once('response', (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.once('error', reject);
			response.once('end', () => {
				const ms = performance.now() - began;
				const wire = Buffer.concat(chunks);
				const [cookie] = (response.headers['set-cookie']?.[0] ?? '').split(';');
				const told = { status: response.statusCode ?? 0, wireBytes: wire.length, ms, cookie };
				decoded(wire, response.headers['content-encoding']).then(
					(plain) => resolve({ ...told, body: plain }),
					reject
				);
			});
		});
		sent.end(body);
	});
}

async function decoded(wire: Buffer, encoding: string | undefined): Promise<Buffer> {
	if (encoding === 'gzip' || encoding === 'br') return await decoders[encoding](wire);
	return wire;
}

/** @throws Error when the answer is not of that status. */
export function expectStatus(status: number, what: string, asked: Asked): Asked {
	if (asked.status === status) return asked;
	throw new Error(`${what}: ${asked.status} ${asked.body.toString().slice(0, 300)}`);
}
