import { cardDays, type NewCard } from '#access/cards-api.ts';
import { isWithin, levelOf, type Scope } from '#records/scope.ts';
import { conflict } from '../couch-error.ts';
import type { Database } from '../storage/database.ts';
import type { Databases } from '../storage/databases.ts';
import { internalDatabase } from '../storage/internal-database.ts';
import { Mirror } from '../storage/mirror.ts';
import { bury } from '../storage/tombstones.ts';
import { cardFields, isOpen, readCard, type Card } from './card.ts';
import { cardIdOf, cardKey, newCode, newVerifier } from './join-code.ts';
import { Turns } from './turns.ts';

const cardsDatabase = 'cards';
const dayMs = 24 * 3600 * 1000;
/** A card that has expired is listed so much longer. */
const keptDays = 30;

export interface CardsDeps {
	readonly databases: Databases;
	/** The server's. */
	readonly secret: Buffer;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

/**
 * The cards by which phones and tablets join, in the database `cards`. No code is ever in it. Everything that
 * changes a card waits its turn, so that a use is given away once and who is revoked has nothing under way: a server
 * has one `Cards`.
 */
export class Cards {
	readonly #deps: CardsDeps;
	readonly #key: Buffer;
	readonly #turns = new Turns();
	readonly #mirror: Mirror<Card>;

	constructor(deps: CardsDeps) {
		this.#deps = deps;
		this.#key = cardKey(deps.secret);
		this.#mirror = new Mirror(() => this.#database(), readCard);
	}

	/** Of a place and all within it, newest first. */
	async within(scope: Scope): Promise<readonly Card[]> {
		return (await this.#mirror.entries())
			.filter((card) => isWithin(card.scope, scope))
			.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
	}

	async find(id: string): Promise<Card | undefined> {
		return (await this.#stored(id))?.card;
	}

	async issue({ scope, uses }: NewCard, by: string): Promise<{ readonly card: Card; readonly code: string }> {
		const code = newCode();
		const now = this.#deps.now();
		const card: Card = {
			id: cardIdOf(code, this.#key),
			scope,
			by,
			at: new Date(now).toISOString(),
			expires: new Date(now + cardDays * dayMs).toISOString(),
			uses,
			joined: [],
			...(levelOf(scope) === 'household' && { verifier: await newVerifier(code) })
		};
		await this.#write(card, undefined);
		return { card, code };
	}

	/**
	 * Gives one use of the card with this code to the account that `nameOf` names, and while nobody else can change
	 * the card has it join. The use is on the disk before: after a crash in between it is gone, and nobody has
	 * joined unnoticed. Undefined when there is no such card, or it is used up, expired or revoked.
	 */
	async use<T extends object>(
		code: string,
		nameOf: (scope: Scope) => string,
		join: (name: string, card: Card) => Promise<T>
	): Promise<T | undefined> {
		const id = cardIdOf(code, this.#key);
		return await this.#turns.take(id, async () => {
			const { card, rev } = (await this.#stored(id)) ?? {};
			if (!card || !isOpen(card, new Date(this.#deps.now()).toISOString())) return undefined;
			const name = nameOf(card.scope);
			await this.#write({ ...card, joined: [...card.joined, name] }, rev);
			return await join(name, card);
		});
	}

	/** Ends the card; `andThen` is done before anyone else can change it. */
	async revoke(id: string, by: string, andThen: (card: Card) => Promise<void>): Promise<Card | undefined> {
		return await this.#turns.take(id, async () => {
			const { card, rev } = (await this.#stored(id)) ?? {};
			if (!card) return undefined;
			const revoked = card.revoked ?? { at: new Date(this.#deps.now()).toISOString(), by };
			const ended = { ...card, revoked };
			if (!card.revoked) await this.#write(ended, rev);
			await andThen(ended);
			return ended;
		});
	}

	/** Takes out of a card who joined by it, and how its code is told. */
	async strip(id: string): Promise<void> {
		await this.#turns.take(id, async () => {
			const { card, rev } = (await this.#stored(id)) ?? {};
			if (card) await this.#write({ ...card, joined: [], verifier: undefined }, rev);
		});
	}

	/** Deletes the cards that expired long ago. */
	async sweep(): Promise<void> {
		const database = await this.#deps.databases.get(cardsDatabase);
		if (!database) return;
		const until = new Date(this.#deps.now() - keptDays * dayMs).toISOString();
		const old = (await this.#mirror.entries()).filter(({ expires }) => expires < until);
		await bury(
			database,
			old.map(({ id }) => id)
		);
	}

	async #stored(id: string): Promise<{ readonly card: Card; readonly rev: string } | undefined> {
		const found = await (await this.#database()).get(id);
		const card = found.found ? readCard(found.doc) : undefined;
		return found.found && card ? { card, rev: found.doc._rev } : undefined;
	}

	/** @param rev of the document that `card` was read from; undefined for a new one. */
	async #write(card: Card, rev: string | undefined): Promise<void> {
		const database = await this.#database();
		const before = rev === undefined ? {} : { _rev: rev };
		const [result] = await database.write([{ _id: card.id, ...before, ...cardFields(card) }], true);
		if (result?.ok) return;
		if (result?.error === 'conflict') throw conflict();
		throw new Error(`cannot write the card ${card.id}: ${result?.reason ?? 'no answer'}`);
	}

	async #database(): Promise<Database> {
		return await internalDatabase(this.#deps.databases, cardsDatabase);
	}
}
