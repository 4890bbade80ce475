import type { Trouble } from '#access/office-server.ts';
import { isRefusalCode, refusalText } from '#app/refusal-text.ts';
import { troubleText } from '#app/trouble-text.ts';
import { m } from '#paraglide/messages.js';

/** Why something handed over could not be decided so: the server takes in nothing that nobody may write. */
export function decisionTroubleText(trouble: Trouble): string {
	if (trouble.outcome !== 'conflict') return troubleText(trouble);
	const [code = ''] = trouble.detail.split(':', 1);
	if (!isRefusalCode(code)) return troubleText(trouble);
	const why = code === 'rights' ? m.handover_not_for_anyone() : refusalText(trouble.detail);
	return m.handover_not_taken({ why, detail: trouble.detail });
}
