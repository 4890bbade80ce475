import { expect, test } from 'vitest';
import { loginLimit, type Attempt, type LoginLimit } from '../../../sync-server/auth/login-limit.ts';

/** How many of that many attempts may go on. */
async function admitted(
	limit: LoginLimit,
	count: number,
	attempt: (index: number) => Attempt
): Promise<number> {
	const waits = await Promise.all(Array.from({ length: count }, (_, index) => limit.enter(attempt(index))));
	return waits.filter((seconds) => seconds === 0).length;
}

test.each<[string, number, (index: number) => Attempt]>([
	['one account from one address', 10, () => ({ name: 'li', address: '10.0.0.1' })],
	['one account from many addresses', 30, (index) => ({ name: 'li', address: `10.0.0.${index}` })],
	['many accounts from one address', 100, (index) => ({ name: `n${index}`, address: '10.0.0.1' })],
	['everyone from everywhere', 200, (index) => ({ name: `n${index}`, address: `a${index}` })]
])('guesses at %s end after %i', async (_who, most, attempt) => {
	expect(await admitted(loginLimit(), 200, attempt)).toBe(most);
});

test('an address closed for one account is open for another, and the account elsewhere', async () => {
	const limit = loginLimit();
	await admitted(limit, 20, () => ({ name: 'li', address: '10.0.0.1' }));
	expect(await limit.enter({ name: 'li', address: '10.0.0.1' })).toBeGreaterThan(0);
	expect(await limit.enter({ name: 'wang', address: '10.0.0.1' })).toBe(0);
	expect(await limit.enter({ name: 'li', address: '10.0.0.2' })).toBe(0);
});

test('right passwords do not count, however often they are given', async () => {
	const limit = loginLimit();
	const attempt = { name: 'li', address: '10.0.0.1' };
	for (let count = 0; count < 50; count += 1) {
		expect(await limit.enter(attempt)).toBe(0);
		await limit.succeeded(attempt);
	}
});

test('what is no name of an account counts as one name, however long and however many', async () => {
	const limit = loginLimit();
	const noName = (index: number) => '-'.repeat(5_000) + index;
	const far = (index: number) => ({ name: noName(index), address: `10.0.0.${index}` });
	expect(await admitted(limit, 50, far)).toBe(30);
	const near = (index: number) => ({ name: noName(index), address: '10.0.1.1' });
	expect(await admitted(loginLimit(), 50, near)).toBe(10);
});

test('an address that is closed closes no account', async () => {
	const limit = loginLimit();
	await admitted(limit, 100, (index) => ({ name: `n${index}`, address: '10.0.0.1' }));
	expect(await admitted(limit, 50, () => ({ name: 'li', address: '10.0.0.1' }))).toBe(0);
	expect(await admitted(limit, 30, (index) => ({ name: 'li', address: `10.0.1.${index}` }))).toBe(30);
});
