import type { HttpBindings } from '@hono/node-server';

/** Who is at the other end, and how their requests reach us. */
export interface Client {
	/** An IP address; IPv4 in its plain form. */
	readonly address: string;
	/** Whether the browser speaks HTTPS, to us or to a proxy in front. */
	readonly secure: boolean;
	/** Host and port as the browser addresses them, lower case. */
	readonly host: string;
	/** Whether the request comes from this machine itself and not through a proxy on it. */
	readonly local: boolean;
}

/**
 * Reads a request's origin. X-Forwarded-For lists one address per proxy, the nearest last; with `proxies` trusted
 * proxies in front, the client is that many from the end, and what stands before it is hearsay. With 0 the headers
 * are not believed, but tell that the request is not local.
 */
export function clientOf(incoming: HttpBindings['incoming'], proxies: number): Client {
	const { headers, socket } = incoming;
	const peer = plainAddress(socket.remoteAddress ?? '');
	const encrypted = 'encrypted' in socket && socket.encrypted === true;
	const forwarded = headers['x-forwarded-for'] ?? headers['forwarded'];
	const own: Client = {
		address: peer,
		secure: encrypted,
		host: (headers.host ?? '').toLowerCase(),
		local: isLoopback(peer) && forwarded === undefined
	};
	if (proxies === 0) return own;
	const address = fromEnd(headers['x-forwarded-for'], proxies);
	const proto = fromEnd(headers['x-forwarded-proto'], proxies);
	const host = fromEnd(headers['x-forwarded-host'], proxies);
	return {
		address: address ? plainAddress(address) : own.address,
		secure: proto ? proto.toLowerCase() === 'https' : own.secure,
		host: host ? host.toLowerCase() : own.host,
		local: own.local
	};
}

/** The entry that many from the end; the first where a proxy has replaced the list and not added to it. */
function fromEnd(header: string | readonly string[] | undefined, count: number): string | undefined {
	const list = String(header ?? '')
		.split(',')
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
	return list.at(-count) ?? list[0];
}

/** `::ffff:10.0.0.1` is how a socket open to both families names 10.0.0.1. */
function plainAddress(address: string): string {
	return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function isLoopback(address: string): boolean {
	return address === '::1' || address.startsWith('127.');
}
