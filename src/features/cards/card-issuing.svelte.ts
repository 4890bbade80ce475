import type { IssuedCard } from '#access/cards-api.ts';
import type { MadeCard, OfficeServer, Trouble } from '#access/office-server.ts';
import { Asked } from '#app/asked.svelte.ts';
import type { Scope } from '#records/scope.ts';

/** How far the cards of a courtyard's households have been issued. */
export interface IssuingProgress {
	readonly done: number;
	readonly total: number;
}

type CardServer = Pick<OfficeServer, 'cards' | 'issueCard' | 'revokeCard'>;

/**
 * The cards of one place. Codes that were just issued are held here and nowhere else: the server keeps no more than
 * their hashes.
 */
export class CardIssuing {
	readonly scope: Scope;
	readonly #server: CardServer;
	readonly cards: Asked<readonly IssuedCard[]>;
	#made: readonly MadeCard[] = $state.raw([]);
	#progress: IssuingProgress | undefined = $state.raw();
	#trouble: Trouble | undefined = $state.raw();
	#busy = $state(false);

	constructor(scope: Scope, server: CardServer, now: () => Date) {
		this.scope = scope;
		this.#server = server;
		this.cards = new Asked(() => server.cards(scope), now);
	}

	/** What was issued since this was opened, or cleared, with the codes. */
	get made(): readonly MadeCard[] {
		return this.#made;
	}

	get progress(): IssuingProgress | undefined {
		return this.#progress;
	}

	/** Why the last thing asked for was not done. */
	get trouble(): Trouble | undefined {
		return this.#trouble;
	}

	get busy(): boolean {
		return this.#busy;
	}

	clear(): void {
		this.#made = [];
		this.#trouble = undefined;
	}

	/** A card for each of `scopes`, in order; one that has been made since this was opened is not made again. */
	async issue(scopes: readonly Scope[], uses: number): Promise<void> {
		await this.#during(async () => {
			const missing = scopes.filter((scope) => !this.#made.some(({ card }) => card.scope === scope));
			for (const [done, scope] of missing.entries()) {
				this.#progress = { done, total: missing.length };
				const trouble = await this.#issueOne(scope, uses);
				if (trouble) return trouble;
			}
			return undefined;
		});
	}

	/** Whether it was revoked. `devices`: with the phones that joined by it. */
	async revoke(card: IssuedCard, devices: boolean): Promise<boolean> {
		return this.#during(() => this.#revokeOne(card, devices));
	}

	/** For a lost phone: what joined by the card is shut out, and a new card takes its place. */
	async replace(card: IssuedCard): Promise<boolean> {
		return this.#during(
			async () => (await this.#revokeOne(card, true)) ?? (await this.#issueOne(card.scope, card.uses))
		);
	}

	async #during(work: () => Promise<Trouble | undefined>): Promise<boolean> {
		this.#busy = true;
		this.#trouble = undefined;
		this.#trouble = await work();
		this.#progress = undefined;
		this.#busy = false;
		return this.#trouble === undefined;
	}

	async #issueOne(scope: Scope, uses: number): Promise<Trouble | undefined> {
		const answer = await this.#server.issueCard({ scope, uses });
		if (answer.outcome !== 'done') return answer;
		const made = answer.value;
		this.#made = [...this.#made.filter(({ card }) => card.scope !== scope), made];
		this.cards.take([made.card, ...(this.cards.value ?? [])]);
		return undefined;
	}

	async #revokeOne(card: IssuedCard, devices: boolean): Promise<Trouble | undefined> {
		const answer = await this.#server.revokeCard(card.id, devices);
		if (answer.outcome !== 'done') return answer;
		// What opens nothing any more is not printed either.
		this.#made = this.#made.filter((made) => made.card.id !== card.id);
		this.cards.take((this.cards.value ?? []).map((one) => (one.id === card.id ? answer.value : one)));
		return undefined;
	}
}
