import { readFile } from 'node:fs/promises';
import { Server, createServer } from 'node:http';
import { createServer as createTlsServer, Server as TlsServer } from 'node:https';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Config } from './config.ts';
import type { ServerEnv } from './server-env.ts';
import { codeOf, StartError } from './start-error.ts';

export interface Listening {
	readonly url: string;
	/** Accepts no more connections; settles when those there are have had their answers and are closed. */
	close(): Promise<void>;
}

/** Milliseconds. Whoever sends slower than this ties up a connection for nothing (slowloris). */
export interface ConnectionLimits {
	readonly headersTimeout: number;
	readonly requestTimeout: number;
	readonly keepAliveTimeout: number;
	/** How often the two first are looked at. */
	readonly connectionsCheckingInterval: number;
}

const defaultLimits: ConnectionLimits = {
	headersTimeout: 20_000,
	requestTimeout: 300_000,
	keepAliveTimeout: 65_000,
	connectionsCheckingInterval: 5_000
};

/** @throws StartError when the port cannot be had or the TLS files cannot be used. */
export async function listen(
	fetch: Hono<ServerEnv>['fetch'],
	config: Pick<Config, 'host' | 'port' | 'tls' | 'maxConnections'>,
	limits = defaultLimits
): Promise<Listening> {
	const { host, port, tls } = config;
	const server = tls
		? await secureServer(fetch, tls, limits)
		: createAdaptorServer({ fetch, createServer, serverOptions: { ...limits } });
	if (!(server instanceof Server || server instanceof TlsServer)) throw new TypeError('not an HTTP/1 server');
	server.maxConnections = config.maxConnections;

	let closing = false;
	server.on('request', (_request, response) => {
		// A kept-alive connection would outlast its last answer by a minute.
		response.once('close', () => {
			if (closing) setImmediate(() => server.closeIdleConnections());
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', (error) => reject(cannotListen(host, port, error)));
		server.listen(port, host, resolve);
	});

	const address = server.address();
	const actualPort = typeof address === 'object' && address ? address.port : port;
	return {
		url: `${tls ? 'https' : 'http'}://${urlHost(host)}:${actualPort}`,
		close: () =>
			new Promise((resolve, reject) => {
				closing = true;
				server.close((error) => (error ? reject(error) : resolve()));
			})
	};
}

async function secureServer(
	fetch: Hono<ServerEnv>['fetch'],
	tls: NonNullable<Config['tls']>,
	limits: ConnectionLimits
) {
	const cert = await readTlsFile('TLS_CERT', tls.certFile);
	const key = await readTlsFile('TLS_KEY', tls.keyFile);
	try {
		return createAdaptorServer({
			fetch,
			createServer: createTlsServer,
			serverOptions: { ...limits, cert, key, minVersion: 'TLSv1.2' }
		});
	} catch (error) {
		throw new StartError(
			`TLS_CERT ${tls.certFile} and TLS_KEY ${tls.keyFile} cannot be used (${codeOf(error)}): give a certificate and its own key, both PEM.`,
			{ cause: error }
		);
	}
}

async function readTlsFile(variable: string, path: string): Promise<Buffer> {
	try {
		return await readFile(path);
	} catch (error) {
		throw new StartError(
			`${variable} ${path} cannot be read (${codeOf(error)}): check the path and its rights.`,
			{
				cause: error
			}
		);
	}
}

function cannotListen(host: string, port: number, error: Error): StartError {
	const code = codeOf(error);
	const remedy =
		code === 'EADDRINUSE'
			? 'another program has the port; stop it, or set PORT to another'
			: code === 'EACCES'
				? 'this user may not open it; set PORT to 1024 or more'
				: code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND'
					? 'this machine has no such address; set HOST to one it has, or to 0.0.0.0'
					: 'set HOST and PORT to others';
	return new StartError(`Cannot listen on ${urlHost(host)}:${port} (${code}): ${remedy}.`, { cause: error });
}

/** How the address reads in a link: an IPv6 address in brackets; every interface as this machine's own name. */
function urlHost(host: string): string {
	if (host === '0.0.0.0' || host === '::') return 'localhost';
	return host.includes(':') ? `[${host}]` : host;
}
