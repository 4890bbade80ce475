import { expect, test } from 'vitest';
import { Challenges, type ChallengeUse } from '../../../sync-server/join/challenges.ts';

const use: ChallengeUse = { purpose: 'login', account: '', host: 'example.test' };
const minute = 60_000;

function started(secret = Buffer.alloc(32, 1)) {
	let now = Date.parse('2026-11-23T01:02:03.004Z');
	const challenges = new Challenges(secret, () => now);
	const make = () => Buffer.from(challenges.make(use)).toString('base64url');
	return { challenges, make, pass: (ms: number) => (now += ms) };
}

test('a challenge is open for five minutes', () => {
	const { challenges, make, pass } = started();
	const challenge = make();
	expect(challenges.isOpen(challenge, use)).toBe(true);
	pass(5 * minute - 1);
	expect(challenges.isOpen(challenge, use)).toBe(true);
	pass(1);
	expect(challenges.isOpen(challenge, use)).toBe(false);
});

test('a challenge is spent once, and is forgotten only when it has ended', () => {
	const { challenges, make, pass } = started();
	const challenge = make();
	expect(challenges.spend(challenge)).toBe(true);
	expect(challenges.isOpen(challenge, use)).toBe(false);
	expect(challenges.spend(challenge)).toBe(false);
	pass(5 * minute);
	challenges.spend(make());
	expect(challenges.isOpen(challenge, use)).toBe(false);
});

test('a challenge opens nothing but what it was made for, and no other server’s opens anything', () => {
	const { challenges, make } = started();
	const challenge = make();
	for (const other of [
		{ ...use, purpose: 'register' },
		{ ...use, account: 'home-a' },
		{ ...use, host: 'other.test' }
	] satisfies ChallengeUse[]) {
		expect(challenges.isOpen(challenge, other)).toBe(false);
	}
	expect(started(Buffer.alloc(32, 2)).challenges.isOpen(challenge, use)).toBe(false);
	for (const forged of ['', 'AAAA', `${challenge}A`, challenge.slice(1), 'A'.repeat(75)])
		expect(challenges.isOpen(forged, use)).toBe(false);
});

test('so many challenges are kept in mind, and no more', () => {
	const { challenges, pass } = started();
	for (let count = 0; count < 10_000; count += 1) expect(challenges.spend(String(count))).toBe(true);
	expect(challenges.spend('one more')).toBe(false);
	pass(5 * minute);
	expect(challenges.spend('one more')).toBe(true);
});
