import * as v from 'valibot';
import { tablet, type Tablet } from '#access/cards-api.ts';
import type { TabletServer } from '#access/tablet-server.ts';

/** Where the tablet keeps its doors for when there is no network; the browser's local storage. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

export interface TabletDoorsSetup {
	readonly server: TabletServer;
	readonly memory: Memory;
	readonly account: string;
}

/** The doors of a courtyard's tablet: as last told by the server, and kept on the device. */
export class TabletDoors {
	readonly #setup: TabletDoorsSetup;
	#known: Tablet | undefined = $state.raw();

	constructor(setup: TabletDoorsSetup) {
		this.#setup = setup;
		this.#known = readTablet(setup.memory.getItem(this.#key));
	}

	/** Undefined until the server has told them once. */
	get known(): Tablet | undefined {
		return this.#known;
	}

	/** Asks for them anew; without an answer those that are known go on being used. */
	async refresh(): Promise<void> {
		const answer = await this.#setup.server.tablet();
		if (answer.outcome !== 'done') return;
		this.#known = answer.value;
		this.#setup.memory.setItem(this.#key, JSON.stringify(answer.value));
	}

	get #key(): string {
		return `zhonggeng:${this.#setup.account}:tablet`;
	}
}

function readTablet(text: string | null): Tablet | undefined {
	if (text === null) return undefined;
	const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), tablet), text);
	return parsed.success ? parsed.output : undefined;
}
