import type { SetUp } from '#access/account-server.ts';
import { m } from '#paraglide/messages.js';

/** What to tell someone whose set-up did not go through; undefined when it did. */
export function setUpText(answer: SetUp): string | undefined {
	switch (answer.outcome) {
		case 'done':
			return undefined;
		case 'closed':
			return `${m.setup_closed_title()} ${m.setup_closed_text()}`;
		case 'too-many':
			return m.login_too_many({ seconds: Math.ceil(answer.seconds) });
		case 'offline':
			return m.setup_offline();
		case 'failed':
			return m.login_failed();
	}
}
