import type { Grant } from '#access/grant.ts';
import type { ManagedAccount } from '#access/accounts-api.ts';
import type { MadeAccount, OfficeServer, Trouble } from '#access/office-server.ts';
import type { Day } from '#kinds/day.ts';
import type { Note } from '#roster/note.ts';
import type { WorkersPlan, WorkerStep } from '#roster/plan-workers.ts';
import type { NamedPlace } from '#roster/worker-places.ts';

export type WorkersImportState =
	| { readonly step: 'pick' }
	| { readonly step: 'reading'; readonly file: string }
	| { readonly step: 'refused'; readonly refusal: Note }
	| { readonly step: 'failed'; readonly error: unknown }
	/** The plan needs the accounts there are, and the server did not tell. */
	| { readonly step: 'unanswered'; readonly trouble: Trouble }
	| { readonly step: 'planned'; readonly file: string; readonly plan: WorkersPlan }
	| { readonly step: 'doing'; readonly done: number; readonly total: number }
	| { readonly step: 'ended'; readonly total: number };

/** A step that the server did not take, and why. */
export interface UndoneStep {
	readonly work: WorkerStep;
	readonly trouble: Trouble;
}

export interface WorkersImportParts {
	readonly server: OfficeServer;
	readonly grants: readonly Grant[];
	readonly places: () => readonly NamedPlace[];
	readonly today: () => Day;
	readonly onaccount: (account: ManagedAccount) => void;
}

/**
 * A sheet's way to accounts: read, planned against the accounts there are, and done one by one. What was done stays done
 * when it breaks off, and the links that were given stay at hand until this is left.
 */
export class WorkersImport {
	readonly #parts: WorkersImportParts;
	#state: WorkersImportState = $state.raw({ step: 'pick' });
	#made: readonly MadeAccount[] = $state.raw([]);
	#undone: readonly UndoneStep[] = $state.raw([]);

	constructor(parts: WorkersImportParts) {
		this.#parts = parts;
	}

	get state(): WorkersImportState {
		return this.#state;
	}

	/** The accounts made so far, with their one-time links. */
	get made(): readonly MadeAccount[] {
		return this.#made;
	}

	/** What the server did not take; it can be tried again. */
	get undone(): readonly UndoneStep[] {
		return this.#undone;
	}

	restart(): void {
		this.#state = { step: 'pick' };
		this.#made = [];
		this.#undone = [];
	}

	async read(file: File): Promise<void> {
		this.#state = { step: 'reading', file: file.name };
		try {
			const { server, grants, places, today } = this.#parts;
			const [{ readWorkersFile }, { planWorkers }, bytes, accounts] = await Promise.all([
				import('#roster/read-workers.ts'),
				import('#roster/plan-workers.ts'),
				file.arrayBuffer(),
				server.accounts()
			]);
			const read = await readWorkersFile(new Uint8Array(bytes));
			if (!read.ok) this.#state = { step: 'refused', refusal: read.refusal };
			else if (accounts.outcome !== 'done') this.#state = { step: 'unanswered', trouble: accounts };
			else {
				const plan = planWorkers({
					rows: read.rows,
					accounts: accounts.value,
					grants,
					places: places(),
					today: today()
				});
				this.#state = { step: 'planned', file: file.name, plan };
			}
		} catch (error) {
			// The file could not be read off the disk.
			this.#state = { step: 'failed', error };
		}
	}

	/** Does the steps in order. Without an answer the rest waits, rather than each for its own time. */
	async run(steps: readonly WorkerStep[]): Promise<void> {
		const undone: UndoneStep[] = [];
		for (const [done, work] of steps.entries()) {
			this.#state = { step: 'doing', done, total: steps.length };
			const trouble = await this.#take(work);
			if (trouble) undone.push({ work, trouble });
			if (trouble && ['offline', 'signed-out', 'too-many'].includes(trouble.outcome)) {
				undone.push(...steps.slice(done + 1).map((rest) => ({ work: rest, trouble })));
				break;
			}
		}
		this.#undone = undone;
		this.#state = { step: 'ended', total: steps.length };
	}

	async #take(work: WorkerStep): Promise<Trouble | undefined> {
		const { server, onaccount } = this.#parts;
		if (work.type === 'change') {
			const answer = await server.changeAccount(work.name, work.change);
			if (answer.outcome !== 'done') return answer;
			onaccount(answer.value);
			return undefined;
		}
		const answer = await server.createAccount(work.account);
		if (answer.outcome !== 'done') return answer;
		this.#made = [...this.#made, answer.value];
		onaccount(answer.value.account);
		return undefined;
	}
}
