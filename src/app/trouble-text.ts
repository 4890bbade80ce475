import type { Trouble } from '#access/office-server.ts';
import { m } from '#paraglide/messages.js';

/** What to tell a person when the server did not do what it was asked, and what to do next. */
export function troubleText(trouble: Trouble): string {
	switch (trouble.outcome) {
		case 'offline':
			return m.ask_offline();
		case 'signed-out':
			return m.ask_signed_out();
		case 'denied':
			return m.ask_denied();
		case 'gone':
			return m.ask_gone();
		case 'conflict':
			return m.ask_conflict({ detail: trouble.detail });
		case 'too-many':
			return m.login_too_many({ seconds: Math.ceil(trouble.seconds) });
		case 'failed':
			return m.ask_failed({ detail: trouble.detail });
	}
}
