import type { AccountLogEntry, ManagedAccount } from '#access/accounts-api.ts';
import { m } from '#paraglide/messages.js';

export type AccountState = 'active' | 'unopened' | 'disabled';

export function accountState({ disabled, unopened }: ManagedAccount): AccountState {
	if (disabled) return 'disabled';
	return unopened ? 'unopened' : 'active';
}

export function stateText(state: AccountState): string {
	switch (state) {
		case 'active':
			return m.accounts_state_active();
		case 'unopened':
			return m.accounts_state_unopened();
		case 'disabled':
			return m.accounts_state_disabled();
	}
}

export function deedText(deed: AccountLogEntry['deed']): string {
	switch (deed) {
		case 'created':
			return m.accounts_deed_created();
		case 'display':
			return m.accounts_deed_display();
		case 'roles':
			return m.accounts_deed_roles();
		case 'disabled':
			return m.accounts_deed_disabled();
		case 'enabled':
			return m.accounts_deed_enabled();
		case 'password':
			return m.accounts_deed_password();
		case 'link':
			return m.accounts_deed_link();
		case 'deleted':
			return m.accounts_deed_deleted();
	}
}
