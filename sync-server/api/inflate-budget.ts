import { tooLarge } from '../couch-error.ts';
import { inflateBounded } from './body.ts';

/** What the compressed attachments of one request may hold in all: a few bytes may hold a thousand times as many. */
export class InflateBudget {
	#left: number;
	#turn: Promise<unknown> = Promise.resolve();

	constructor(bytes: number) {
		this.#left = bytes;
	}

	/**
	 * Inflates gzip, one after another.
	 * @throws CouchError 413 when it holds more than `maxBytes` or than is left, 400 when it is not gzip.
	 */
	inflate(bytes: Buffer, maxBytes: number): Promise<Buffer> {
		const inflated = this.#turn.then(() => this.#inflate(bytes, maxBytes));
		this.#turn = inflated.catch(() => undefined);
		return inflated;
	}

	async #inflate(bytes: Buffer, maxBytes: number): Promise<Buffer> {
		const most = Math.min(maxBytes, this.#left);
		if (most <= 0) throw tooLarge('the attachments of the request hold too much');
		// One that fails has cost the work all the same.
		this.#left -= most;
		const inflated = await inflateBounded(bytes, most);
		this.#left += most - inflated.length;
		return inflated;
	}
}
