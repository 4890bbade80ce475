import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifierIterations } from '#access/cards-api.ts';
import { opensDoor, validVerifiers, type Door } from '#features/tablet/code-check.ts';
import { toScope } from '#records/scope.ts';

const now = new Date('2026-11-23T08:00:00.000Z');
const later = '2026-12-20T00:00:00.000Z';
const before = '2026-11-23T07:59:59.000Z';

/** As the server makes it: sync-server/join/join-code.ts. */
function verifier(code: string, expires = later): Door['verifiers'][number] {
	const salt = randomBytes(16);
	const key = pbkdf2Sync(code, salt, verifierIterations, 32, 'sha256');
	return { salt: salt.toString('base64'), key: key.toString('base64'), expires };
}

function door(...verifiers: Door['verifiers']): Door {
	return { household: toScope('qianmen/caochang/g3/c12/h04'), label: '4号', verifiers };
}

test('each of a door’s cards opens it, and no other code does', async () => {
	const own = door(verifier('ABCD2345'), verifier('WXYZ6789'));
	expect(await opensDoor('ABCD2345', own, now)).toBe(true);
	expect(await opensDoor('WXYZ6789', own, now)).toBe(true);
	expect(await opensDoor('ABCD2346', own, now)).toBe(false);
});

test('a card that has expired opens nothing', async () => {
	const old = door(verifier('ABCD2345', before));
	expect(validVerifiers(old, now)).toEqual([]);
	expect(await opensDoor('ABCD2345', old, now)).toBe(false);
});

test('a door without cards, and a verifier without a key, are opened by nothing', async () => {
	expect(await opensDoor('ABCD2345', door(), now)).toBe(false);
	expect(await opensDoor('ABCD2345', door({ salt: '', key: '', expires: later }), now)).toBe(false);
});
