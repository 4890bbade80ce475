import type { Workplace } from '#app/workplace.svelte.ts';
import type { Note } from '#roster/note.ts';
import type { Plan } from '#roster/plan.ts';
import type { Scope } from '#records/scope.ts';

export type ImportState =
	| { readonly step: 'pick' }
	| { readonly step: 'reading'; readonly file: string }
	| { readonly step: 'refused'; readonly file: string; readonly refusal: Note }
	| { readonly step: 'failed'; readonly file: string; readonly error: unknown }
	| { readonly step: 'planned'; readonly file: string; readonly plan: Plan }
	| { readonly step: 'saving'; readonly done: number; readonly total: number }
	| { readonly step: 'saved'; readonly count: number };

/** Records in one transaction: a screen can show how far it is, and a break costs little. */
const chunk = 500;

/** One roster's way from a file to records. Nothing is saved before someone has seen the plan. */
export class RosterImport {
	readonly #workplace: Workplace;
	#state: ImportState = $state.raw({ step: 'pick' });

	constructor(workplace: Workplace) {
		this.#workplace = workplace;
	}

	get state(): ImportState {
		return this.#state;
	}

	restart(): void {
		this.#state = { step: 'pick' };
	}

	/** Reads a file and plans what it would change within `base`. */
	async read(file: File, base: Scope): Promise<void> {
		this.#state = { step: 'reading', file: file.name };
		try {
			const [{ planFile }, bytes] = await Promise.all([import('./plan-file.ts'), file.arrayBuffer()]);
			const planned = await planFile(new Uint8Array(bytes), base, this.#workplace);
			this.#state = planned.ok
				? { step: 'planned', file: file.name, plan: planned.plan }
				: { step: 'refused', file: file.name, refusal: planned.refusal };
		} catch (error) {
			this.#state = { step: 'failed', file: file.name, error };
		}
	}

	/**
	 * Saves the plan as records on this device. When it breaks off, what was saved stays, and reading
	 * the file again plans the rest.
	 */
	async save(file: string, { revisions }: Plan): Promise<void> {
		const total = revisions.length;
		try {
			for (let done = 0; done < total; done += chunk) {
				this.#state = { step: 'saving', done, total };
				await this.#workplace.save(
					revisions.slice(done, done + chunk).map(({ kind, entity, scope, body, parents }) => {
						return { kind, entity, scope, body, seen: parents };
					})
				);
			}
			this.#state = { step: 'saved', count: total };
		} catch (error) {
			this.#state = { step: 'failed', file, error };
		}
	}
}
