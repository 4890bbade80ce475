import { tick } from 'svelte';
import { maxClauses } from '#kinds/convention.ts';
import { m } from '#paraglide/messages.js';
import type { DraftClause } from '#read-models/convention-draft.ts';
import type { ConventionEditing } from './convention-editing.svelte.ts';
import type { ClauseChanges } from './draft-changes.ts';

/**
 * What a person does with the clauses of a draft: which one is open, where the focus goes, and what is said after
 * each step, to be seen and read out.
 */
export class ClauseSteps {
	/** The clause that is written on. */
	open: string | undefined = $state();
	said = $state('');
	/** A clause about to be cut in two, and where the cursor stood in its text. */
	cutting: { readonly index: number; readonly cursor: number } | undefined = $state.raw();
	/** Of a draft about to be saved. */
	changes: ClauseChanges | undefined = $state.raw();
	readonly #editing: ConventionEditing;
	readonly #within: () => HTMLElement | undefined;

	/** `within`: the editor's element, in which the focus moves. */
	constructor(editing: ConventionEditing, within: () => HTMLElement | undefined) {
		this.#editing = editing;
		this.#within = within;
	}

	show(id: string, said = ''): void {
		this.said = said;
		this.open = id;
		void this.#focus(`[data-clause="${id}"] textarea`);
	}

	close(id: string): void {
		this.open = undefined;
		this.said = '';
		void this.#focus(`[data-clause="${id}"] button`);
	}

	add(after: number): void {
		const id = this.#editing.add(after);
		if (id === undefined) this.said = m.drafting_full({ max: maxClauses });
		else this.show(id, m.drafting_added({ number: after + 2 }));
	}

	/** The list moves what has the focus, and with it the browser forgets it: it is given back. */
	async move(index: number, by: -1 | 1): Promise<void> {
		const held = document.activeElement;
		if (this.#editing.move(index, by))
			this.said = m.drafting_moved({ number: index + 1 + by, count: this.#editing.clauses.length });
		else this.said = by < 0 ? m.drafting_first() : m.drafting_last();
		await tick();
		if (held instanceof HTMLElement) held.focus();
	}

	/** The clause that is written on goes one place up or down. */
	moveOpen(by: -1 | 1): void {
		const index = this.#editing.clauses.findIndex(({ id }) => id === this.open);
		if (index >= 0) void this.move(index, by);
	}

	splitAt(at: number): void {
		const index = this.cutting?.index ?? -1;
		const id = this.#editing.split(index, at);
		this.cutting = undefined;
		if (id !== undefined) this.show(id, m.drafting_splitted({ number: index + 1, next: index + 2 }));
		else this.said = this.#editing.full ? m.drafting_full({ max: maxClauses }) : m.drafting_split_none();
	}

	merge(index: number): void {
		this.#editing.mergeWithNext(index);
		const id = this.#editing.clauses[index]?.id;
		if (id !== undefined) this.show(id, m.drafting_merged({ number: index + 1 }));
	}

	remove(clause: DraftClause, index: number): void {
		this.#editing.remove(clause);
		this.open = undefined;
		this.said = m.drafting_removed({ number: index + 1 });
		void this.#focus('[data-undo]');
	}

	restore(clause: DraftClause): void {
		if (!this.#editing.restore(clause)) {
			this.said = m.drafting_full({ max: maxClauses });
			return;
		}
		const number = 1 + this.#editing.clauses.findIndex(({ id }) => id === clause.id);
		this.show(clause.id, m.drafting_restored({ number }));
	}

	undo(): void {
		this.#editing.undo();
		this.said = m.drafting_undone();
		void this.#focus('[data-save]');
	}

	/** Asks for the line why, or says what is wrong at the first field that is. */
	wishToSave(): void {
		const checked = this.#editing.check();
		if (checked.status === 'ready') this.changes = checked.changes;
		else if (checked.status === 'unchanged') this.said = m.drafting_unchanged();
		else {
			this.said = m.drafting_broken({ count: checked.broken.length });
			this.open = checked.broken[0]?.clause ?? this.open;
			void this.#focus('[aria-invalid="true"]');
		}
	}

	async #focus(selector: string): Promise<void> {
		await tick();
		this.#within()?.querySelector<HTMLElement>(selector)?.focus();
	}
}
