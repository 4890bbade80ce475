import { cardDays, type NewCard } from '#access/cards-api.ts';
import { isWithin, levelOf, type Scope } from '#records/scope.ts';
import { conflict } from '../couch-error.ts';
import type { Database } from '../storage/database.ts';
import type { Databases } from '../storage/databases.ts';
import { internalDatabase } from '../storage/internal-database.ts';
import { cardFields, isOpen, readCard, type Card } from './card.ts';
import { cardIdOf, cardKey, newCode, newVerifier } from './join-code.ts';
import { Turns } from './turns.ts';

const cardsDatabase = 'cards';
const dayMs = 24 * 3600 * 1000;

export interface CardsDeps {
	readonly databases: Databases;
	/** The server's. */
	readonly secret: Buffer;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

/**
 * The cards by which phones and tablets join, in the database `cards`. No code is ever in it. Everything that
 * changes a card waits its turn, so that a use is given away once and who is revoked has nothing under way.
 */
export class Cards {
	readonly #deps: CardsDeps;
	readonly #key: Buffer;
	readonly #turns = new Turns();

	constructor(deps: CardsDeps) {
		this.#deps = deps;
		this.#key = cardKey(deps.secret);
	}

	/** Of a place and all within it, newest first. */
	async within(scope: Scope): Promise<readonly Card[]> {
		const { rows } = await (await this.#database()).allDocs({ include_docs: true });
		return rows
			.flatMap((row) => ('doc' in row && row.doc ? (readCard(row.doc) ?? []) : []))
			.filter((card) => isWithin(card.scope, scope))
			.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
	}

	async find(id: string): Promise<Card | undefined> {
		const found = await (await this.#database()).get(id);
		return found.found ? readCard(found.doc) : undefined;
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
		await this.#write(card);
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
			const card = await this.find(id);
			if (!card || !isOpen(card, new Date(this.#deps.now()).toISOString())) return undefined;
			const name = nameOf(card.scope);
			await this.#write({ ...card, joined: [...card.joined, name] });
			return await join(name, card);
		});
	}

	/** Ends the card; `andThen` is done before anyone else can change it. */
	async revoke(id: string, by: string, andThen: (card: Card) => Promise<void>): Promise<Card | undefined> {
		return await this.#turns.take(id, async () => {
			const card = await this.find(id);
			if (!card) return undefined;
			const revoked = card.revoked ?? { at: new Date(this.#deps.now()).toISOString(), by };
			const ended = { ...card, revoked };
			if (!card.revoked) await this.#write(ended);
			await andThen(ended);
			return ended;
		});
	}

	async #write(card: Card): Promise<void> {
		const database = await this.#database();
		const stored = await database.get(card.id);
		const rev = stored.found ? { _rev: stored.doc._rev } : {};
		const [result] = await database.write([{ _id: card.id, ...rev, ...cardFields(card) }], true);
		if (result?.ok) return;
		if (result?.error === 'conflict') throw conflict();
		throw new Error(`cannot write the card ${card.id}: ${result?.reason ?? 'no answer'}`);
	}

	async #database(): Promise<Database> {
		return await internalDatabase(this.#deps.databases, cardsDatabase);
	}
}
