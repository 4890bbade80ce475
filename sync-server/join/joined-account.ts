import { randomBytes, randomInt } from 'node:crypto';
import { formatGrant, grantsOf } from '#access/grant.ts';
import { levelOf, type Scope } from '#records/scope.ts';
import type { UserDocuments } from '../accounts/user-documents.ts';

const nameAlphabet = 'abcdefghijklmnopqrstuvwxyz23456789';
const nameLength = 10;

/** What a device that joins is called: 51 bits of chance, so that no two are called alike. */
export function newAccountName(scope: Scope): string {
	const chance = Array.from({ length: nameLength }, () => nameAlphabet[randomInt(nameAlphabet.length)]);
	return `${isTablet(scope) ? 'tablet' : 'home'}-${chance.join('')}`;
}

/** 32 bytes of chance, as a password. */
export function newSecret(): string {
	return randomBytes(32).toString('base64url');
}

export function joinedRoles(scope: Scope): readonly string[] {
	return [formatGrant({ role: isTablet(scope) ? 'tablet' : 'resident', scope })];
}

/**
 * Ends what the account may do: its one device has its credential, so that ending its sessions alone would not
 * keep it out.
 */
export async function shutOut(account: string, by: string, users: UserDocuments): Promise<void> {
	await users.change(account, by, (stored) => ({ ...stored, disabled: true }));
}

/** Whether these are the roles of a device that joined: only such an account has a passkey in place of a secret. */
export function isJoined(roles: readonly string[]): boolean {
	const grants = grantsOf(roles);
	return (
		grants.length > 0 &&
		grants.length === roles.length &&
		grants.every(({ role }) => role === 'resident' || role === 'tablet')
	);
}

function isTablet(scope: Scope): boolean {
	return levelOf(scope) === 'courtyard';
}
