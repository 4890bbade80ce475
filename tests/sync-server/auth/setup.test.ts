import { expect, test } from 'vitest';
import { basic, startServer } from '../../serve.ts';

test('the set-up link makes the first administrator, once', async () => {
	const server = await startServer();
	await server.setup();
	const session = await fetch(`${server.url}/db/_session`, { headers: basic(server.admin) });
	expect(await session.json()).toMatchObject({
		userCtx: { name: 'admin', roles: ['_admin', 'office:qianmen'] }
	});
	await expect(server.setup()).rejects.toThrow('404');
	expect(await server.stop()).toBe(0);
	const again = await server.restart();
	expect(again.setupToken).toBeUndefined();
	await again.remove();
});
