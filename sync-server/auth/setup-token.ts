import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import { readPrivateFile, removePrivateFile, writePrivateFile } from '../private-file.ts';

const lifetimeMs = 24 * 3600 * 1000;
const stored = v.object({ tokenHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)), expires: v.number() });

/**
 * Makes the token for the set-up link. Only its hash is kept, in `file`; whatever token was there before is
 * worth nothing from then on.
 */
export async function issueSetupToken(file: string, now: number): Promise<string> {
	const token = randomBytes(24).toString('base64url');
	await writePrivateFile(file, JSON.stringify({ tokenHash: hashOf(token), expires: now + lifetimeMs }));
	return token;
}

export async function isSetupToken(file: string, token: string, now: number): Promise<boolean> {
	const text = await readPrivateFile(file);
	if (text === undefined) return false;
	const parsed = v.safeParse(stored, JSON.parse(text));
	if (!parsed.success || now >= parsed.output.expires) return false;
	return timingSafeEqual(Buffer.from(parsed.output.tokenHash), Buffer.from(hashOf(token)));
}

export async function endSetup(file: string): Promise<void> {
	await removePrivateFile(file);
}

function hashOf(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}
