import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { selfSigned } from '../self-signed.ts';
import { runToExit, startServer } from '../serve.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'zhonggeng-start-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What it printed must be one line that names what is wrong, and no stack. */
async function refusal(env: Readonly<Record<string, string>>): Promise<string> {
	const { code, output } = await runToExit({ DATA_DIR: join(folder, 'data'), ...env });
	expect(code).toBe(1);
	expect(output.trimEnd().split('\n')).toHaveLength(1);
	return output;
}

test('a port that is taken is told in one line', async () => {
	const other = createServer();
	const port = await new Promise<number>((resolve) => {
		other.listen(0, '127.0.0.1', () => {
			const address = other.address();
			if (typeof address === 'object' && address) resolve(address.port);
		});
	});
	expect(await refusal({ PORT: String(port) })).toMatch(
		/^Cannot listen on 127\.0\.0\.1:\d+ \(EADDRINUSE\): another program has the port/
	);
	other.close();
});

test('an address this machine has not is told in one line', async () => {
	expect(await refusal({ HOST: '203.0.113.7' })).toContain(
		'(EADDRNOTAVAIL): this machine has no such address'
	);
});

test('a data folder has one server', async () => {
	const first = await startServer();
	expect(await refusal({ DATA_DIR: first.dataDir })).toContain('is in use by another server');
	await first.kill();
	const second = await first.restart();
	await second.remove();
});

test('a data folder that is a file, or lies in one, is told in one line', async () => {
	const file = join(folder, 'file');
	await writeFile(file, '');
	expect(await refusal({ DATA_DIR: file })).toContain(`DATA_DIR ${file} cannot be written (EEXIST)`);
	expect(await refusal({ DATA_DIR: join(file, 'data') })).toContain('cannot be written (ENOTDIR)');
});

test('a damaged secret is told and not replaced', async () => {
	const dataDir = join(folder, 'damaged');
	await mkdir(dataDir);
	await writeFile(join(dataDir, 'secret'), 'abc');
	expect(await refusal({ DATA_DIR: dataDir })).toContain('secret is damaged');
});

test('TLS files that cannot be read or do not fit are told in one line', async () => {
	const [mine, other] = [selfSigned(new Date()), selfSigned(new Date())];
	const path = async (name: string, text: string) => {
		await writeFile(join(folder, name), text);
		return join(folder, name);
	};
	const cert = await path('cert.pem', mine.cert);
	const key = await path('key.pem', mine.key);
	const otherKey = await path('other-key.pem', other.key);
	const noPem = await path('no.pem', 'not a certificate');
	const gone = join(folder, 'gone.pem');
	expect(await refusal({ TLS_CERT: gone, TLS_KEY: key })).toMatch(
		/^TLS_CERT .*gone\.pem cannot be read \(ENOENT\)/
	);
	expect(await refusal({ TLS_CERT: cert, TLS_KEY: gone })).toMatch(
		/^TLS_KEY .*gone\.pem cannot be read \(ENOENT\)/
	);
	expect(await refusal({ TLS_CERT: noPem, TLS_KEY: key })).toMatch(/^TLS_CERT .* cannot be used \(ERR_/);
	expect(await refusal({ TLS_CERT: cert, TLS_KEY: otherKey })).toMatch(/^TLS_CERT .* cannot be used \(ERR_/);
});

test('every mistake in the environment is told, a line each', async () => {
	const { code, output } = await runToExit({
		DATA_DIR: '/var/lib/zhonggeng',
		PORT: 'x',
		LOG_LEVEL: 'y',
		ZG_PBKDF2_ITERATIONS: '1000'
	});
	expect(code).toBe(1);
	expect(
		output
			.trimEnd()
			.split('\n')
			.map((line) => line.split(' ')[0])
	).toEqual(['LOG_LEVEL', 'ZG_PBKDF2_ITERATIONS', 'PORT']);
});
