import type { AccountChange, AccountLog, ManagedAccount, NewAccount } from './accounts-api.ts';
import type { IssuedCard, NewCard } from './cards-api.ts';
import type { HandedOver, KnownDevice } from './devices-api.ts';
import type { Scope } from '#records/scope.ts';

/**
 * Why the server did not do what it was asked. `gone`: it is not there, was used or has expired. `conflict`:
 * something else stands there already: an account of that name, another's decision.
 */
export type Trouble =
	| { readonly outcome: 'offline' }
	| { readonly outcome: 'signed-out' }
	| { readonly outcome: 'denied' }
	| { readonly outcome: 'gone' }
	| { readonly outcome: 'conflict'; readonly detail: string }
	| { readonly outcome: 'too-many'; readonly seconds: number }
	| { readonly outcome: 'failed'; readonly detail: string };

export type Answer<Value> = { readonly outcome: 'done'; readonly value: Value } | Trouble;

export interface MadeAccount {
	readonly account: ManagedAccount;
	/** `/password#<token>`: opens once. */
	readonly link: string;
}

export interface MadeCard {
	readonly card: IssuedCard;
	/** Told this once: the server keeps no more than its hash. */
	readonly code: string;
}

export type Decision = 'accept' | 'drop';

/**
 * The server's accounts, devices and cards, as those ask who keep them; they work with a network alone. Rejects
 * never: every outcome is an answer.
 */
export interface OfficeServer {
	accounts(): Promise<Answer<readonly ManagedAccount[]>>;
	createAccount(account: NewAccount): Promise<Answer<MadeAccount>>;
	changeAccount(name: string, change: AccountChange): Promise<Answer<ManagedAccount>>;
	/** A link that sets a new password; the one before opens no more. */
	newLink(name: string): Promise<Answer<string>>;
	accountLog(): Promise<Answer<AccountLog>>;
	/** Of one's own account, and of those within one's places. */
	devices(): Promise<Answer<readonly KnownDevice[]>>;
	revokeDevice(account: string, device: string): Promise<Answer<undefined>>;
	handovers(): Promise<Answer<readonly HandedOver[]>>;
	decide(id: string, decision: Decision): Promise<Answer<HandedOver>>;
	/** Of a place and all within it, newest first. */
	cards(scope: Scope): Promise<Answer<readonly IssuedCard[]>>;
	issueCard(card: NewCard): Promise<Answer<MadeCard>>;
	/** `devices`: the phones that joined by it, too. */
	revokeCard(id: string, devices: boolean): Promise<Answer<IssuedCard>>;
}

/** Whoever holds a one-time link, signed in or not. Rejects never. */
export interface PasswordServer {
	/** Whose password a link sets. */
	passwordOwner(token: string): Promise<Answer<string>>;
	/** `weak`: the server takes none so short. */
	setPassword(token: string, password: string): Promise<Answer<string> | { readonly outcome: 'weak' }>;
}
