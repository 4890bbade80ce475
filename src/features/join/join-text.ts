import type { Trouble } from '#access/office-server.ts';
import { m } from '#paraglide/messages.js';

/** What to tell someone whose card did not open, and what to do. */
export function joinText(trouble: Trouble): string {
	switch (trouble.outcome) {
		case 'gone':
			return m.join_closed();
		case 'too-many':
			return m.join_too_many({ minutes: Math.ceil(trouble.seconds / 60) });
		case 'offline':
			return m.join_offline();
		default:
			return m.join_failed();
	}
}
