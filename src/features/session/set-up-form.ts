import { entityOfScope } from '#kinds/kind.ts';
import type { Entry } from '#app/workplace.svelte.ts';
import { isJsonObject, type Json } from '#records/json.ts';
import { isScope, levelOf, toScope } from '#records/scope.ts';

/** What the set-up form keeps as a draft: all but the password. */
export type SetUpDraft = {
	subdistrict: string;
	code: string;
	account: string;
};

export const emptySetUp: SetUpDraft = { subdistrict: '', code: '', account: '' };

/** As short as a password may be; NIST SP 800-63B, 5.1.1.1. */
export const minPassword = 8;

/** The form of an author in records, which an account's name becomes. */
const accountPattern = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u;

export type SetUpField = 'subdistrict' | 'code' | 'account' | 'password' | 'again';

/** The fields that cannot stay as they are. */
export function setUpProblems(draft: SetUpDraft, password: string, again: string): ReadonlySet<SetUpField> {
	const code = draft.code.trim();
	const sound: Record<SetUpField, boolean> = {
		subdistrict: draft.subdistrict.trim() !== '' && draft.subdistrict.trim().length <= 80,
		code: isScope(code) && levelOf(code) === 'subdistrict',
		account: accountPattern.test(draft.account.trim()),
		password: password.length >= minPassword,
		again: again === password
	};
	return new Set(fields.filter((field) => !sound[field]));
}

const fields: readonly SetUpField[] = ['subdistrict', 'code', 'account', 'password', 'again'];

export function readSetUp(kept: Json): SetUpDraft | undefined {
	if (!isJsonObject(kept)) return undefined;
	const { subdistrict, code, account } = kept;
	if (typeof subdistrict !== 'string' || typeof code !== 'string' || typeof account !== 'string')
		return undefined;
	return { subdistrict, code, account };
}

/** The first record there is: what the subdistrict is called. */
export function subdistrictEntry({ subdistrict, code }: SetUpDraft): Entry {
	const scope = toScope(code.trim());
	return { kind: 'area', entity: entityOfScope(scope), scope, body: { name: subdistrict.trim() } };
}
