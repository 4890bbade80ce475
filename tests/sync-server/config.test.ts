import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { formatProblem, readConfig, type Config, type Environment } from '../../sync-server/config.ts';

const temporary = join(tmpdir(), 'zhonggeng-config');

function configOf(env: Environment): Config {
	const read = readConfig(env);
	if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'));
	return read.config;
}

test('without any variable the server runs for this machine alone', () => {
	expect(configOf({})).toEqual({
		port: 8787,
		host: '127.0.0.1',
		dataDir: resolve('data'),
		buildDir: resolve('build'),
		tls: undefined,
		proxies: 0,
		logLevel: 'info',
		metricsToken: undefined,
		pbkdf2Iterations: 600_000,
		maxBodyBytes: 16 * 1024 * 1024,
		maxConnections: 4096,
		requestSeconds: 120
	});
});

test('with TLS it is reached from everywhere, unless told otherwise', () => {
	const tls = { TLS_CERT: '/etc/zg/cert.pem', TLS_KEY: '/etc/zg/key.pem' };
	expect(configOf(tls)).toMatchObject({
		host: '0.0.0.0',
		tls: { certFile: '/etc/zg/cert.pem', keyFile: '/etc/zg/key.pem' }
	});
	expect(configOf({ ...tls, HOST: '10.0.0.7' }).host).toBe('10.0.0.7');
});

test('an empty variable counts as absent', () => {
	expect(configOf({ PORT: '', HOST: ' ', TLS_CERT: '' })).toEqual(configOf({}));
});

test.each<[Environment, string]>([
	[{ PORT: 'http' }, 'PORT is "http": give a whole number from 0 to 65535.'],
	[{ PORT: '65536' }, 'PORT is "65536": give a whole number from 0 to 65535.'],
	[{ PORT: '-1' }, 'PORT is "-1": give a whole number from 0 to 65535.'],
	[{ PORT: '1e3' }, 'PORT is "1e3": give a whole number from 0 to 65535.'],
	[{ TLS_CERT: 'c.pem' }, 'TLS_KEY is missing while TLS_CERT is set: set both or neither.'],
	[{ TLS_KEY: 'k.pem' }, 'TLS_CERT is missing while TLS_KEY is set: set both or neither.'],
	[{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY is "yes": give a whole number from 0 to 9.'],
	[{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud": give one of fatal, error, warn, info, debug, trace, silent.'],
	[{ METRICS_TOKEN: 'short' }, 'METRICS_TOKEN is shorter than 16 characters: give a long random text.'],
	[{ MAX_BODY_MB: '0' }, 'MAX_BODY_MB is "0": give a whole number from 1 to 1024.'],
	[{ MAX_CONNECTIONS: '0' }, 'MAX_CONNECTIONS is "0": give a whole number from 1 to 1000000.'],
	[{ REQUEST_SECONDS: '0' }, 'REQUEST_SECONDS is "0": give a whole number from 1 to 3600.'],
	[
		{ ZG_PBKDF2_ITERATIONS: '1000', DATA_DIR: '/var/lib/zhonggeng' },
		'ZG_PBKDF2_ITERATIONS is 1000, too few to protect passwords: leave it out, or give at least ' +
			`600000; fewer only with DATA_DIR within ${tmpdir()}.`
	],
	[
		{ ZG_PBKDF2_ITERATIONS: '1000', DATA_DIR: join(temporary, '..', '..', 'etc') },
		'ZG_PBKDF2_ITERATIONS is 1000, too few to protect passwords: leave it out, or give at least ' +
			`600000; fewer only with DATA_DIR within ${tmpdir()}.`
	]
])('%o is told in words', (env, told) => {
	const read = readConfig(env);
	expect(read.ok ? [] : read.problems.map(formatProblem)).toEqual([told]);
});

test('every mistake is told at once', () => {
	const read = readConfig({ PORT: 'x', LOG_LEVEL: 'y', TLS_KEY: 'z' });
	expect(read.ok ? [] : read.problems.map(({ variable }) => variable)).toEqual(
		expect.arrayContaining(['PORT', 'LOG_LEVEL', 'TLS_CERT'])
	);
});

test('fewer iterations are taken for a folder that the system throws away', () => {
	expect(configOf({ ZG_PBKDF2_ITERATIONS: '1000', DATA_DIR: temporary }).pbkdf2Iterations).toBe(1000);
});
