import * as v from 'valibot';
import { checkRevision, type Checked } from '#records/check-revision.ts';
import { kinds } from './kinds.ts';

/**
 * Takes any value for a record of a known kind: all that `checkRevision` asks, and the kind's
 * schema and rules. Never throws. What the author may write is for the access rules to say.
 */
export function checkRecord(value: unknown): Checked {
	const checked = checkRevision(value);
	if (!checked.ok) return checked;
	const { kind: name, body } = checked.revision;
	const kind = kinds.get(name);
	if (!kind) return { ok: false, refusal: { code: 'kind', detail: `unknown kind ${name}`, at: '/kind' } };
	const broken = kind.brokenRule(checked.revision);
	if (broken) return { ok: false, refusal: broken };
	if (body === null) return checked;
	const parsed = v.safeParse(kind.body, body, { abortEarly: true });
	if (parsed.success) return checked;
	const [issue] = parsed.issues;
	const at = ['/body', ...(issue.path ?? []).map((step) => String(step.key))].join('/');
	return { ok: false, refusal: { code: 'body', detail: issue.message, at } };
}
