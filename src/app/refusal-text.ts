import { m } from '#paraglide/messages.js';
import type { RefusalCode } from '#records/check-revision.ts';

const texts: Readonly<Record<RefusalCode, () => string>> = {
	shape: m.refusal_shape,
	bounds: m.refusal_bounds,
	hash: m.refusal_hash,
	kind: m.refusal_kind,
	body: m.refusal_body,
	scope: m.refusal_scope,
	author: m.refusal_author,
	rights: m.refusal_rights,
	erased: m.refusal_erased
};

/** The server's reason, `<code>: <detail> (<at>)`, in the user's language. */
export function refusalText(reason: string): string {
	const code = reason.split(':', 1)[0] ?? '';
	return isRefusalCode(code) ? texts[code]() : m.refusal_other();
}

/** Whether the server's reason begins with the code of a refusal. */
export function isRefusalCode(code: string): code is RefusalCode {
	return Object.hasOwn(texts, code);
}
