import { DraftForm } from '#app/draft-form.svelte.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import { maxClauses, readConvention, type ConventionBody, type ConventionType } from '#kinds/convention.ts';
import { conventionPolicy } from '#kinds/convention-policy.ts';
import type { Stage } from '#kinds/convention-stage.ts';
import { asText } from '#kinds/text.ts';
import {
	addClause,
	bodyOf,
	draftFrom,
	mergeWithNext,
	move,
	remove,
	reword,
	split,
	type ConventionDraft,
	type DraftClause
} from '#read-models/convention-draft.ts';
import { conventionState, type ConventionState } from '#read-models/convention-state.ts';
import type { Written } from '#read-models/written.ts';
import { conventionTrouble, type ConventionTrouble } from '#read-models/convention-trouble.ts';
import { stateAsSeen } from '#read-models/state-as-seen.ts';
import { sameJson } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import { clauseChanges, type ClauseChanges } from './draft-changes.ts';
import { fieldsKept, fieldsOf, type DraftFields } from './draft-fields.ts';
import { brokenIn, type Broken } from './draft-limits.ts';

export interface ConventionEditingSetup {
	readonly workplace: Workplace;
	/** As it stands when the editor is opened, without doubts. */
	readonly opened: ConventionState;
	/** 8 to 32 of a-z and 0-9, by chance. */
	readonly newId: () => string;
}

/** What a wish to save comes to. */
export type SaveCheck =
	| { readonly status: 'broken'; readonly broken: readonly Broken[] }
	| { readonly status: 'unchanged' }
	| { readonly status: 'ready'; readonly changes: ClauseChanges };

/** What the whole was for its author when the draft was begun. */
interface Base {
	readonly type: ConventionType;
	readonly stage: Stage;
	readonly body: JsonObject;
}

/**
 * A convention's text while someone writes it: a draft from the first keystroke, one revision when it is saved. The
 * heads that were seen when the draft was begun are its parents, so what others wrote meanwhile is joined with it.
 * Made while a component is set up.
 */
export class ConventionEditing {
	readonly entity: string;
	readonly form: DraftForm<DraftFields>;
	trouble: SavingTrouble | ConventionTrouble | undefined = $state();
	/** Someone wanted to save: from then on fields say what is wrong with them. */
	#tried = $state(false);
	#saving = $state(false);
	/** What the last step on clauses changed, as long as nothing was changed after it. */
	#undoable: DraftFields | undefined = $state.raw();
	readonly #setup: ConventionEditingSetup;

	constructor(setup: ConventionEditingSetup) {
		const { workplace, opened } = setup;
		this.#setup = setup;
		this.entity = opened.entity;
		this.form = new DraftForm({
			keeper: workplace.store,
			key: conventionDraftKey(opened.entity),
			start: fieldsOf(draftFrom(opened.read)),
			seen: opened.heads,
			read: fieldsKept,
			now: () => workplace.now()
		});
	}

	get draft(): ConventionDraft {
		return this.form.value.draft;
	}

	get clauses(): readonly DraftClause[] {
		return this.draft.clauses;
	}

	/** Clauses taken out of this draft, the last one first. */
	get out(): readonly DraftClause[] {
		return this.form.value.out;
	}

	get saving(): boolean {
		return this.#saving;
	}

	get full(): boolean {
		return this.clauses.length >= maxClauses;
	}

	get mayUndo(): boolean {
		return this.#undoable !== undefined;
	}

	/** The fields that are wrong, once someone wanted to save. */
	get broken(): readonly Broken[] {
		return this.#tried ? brokenIn(this.draft) : [];
	}

	/** Who last changed the text since the draft was begun; undefined while it stands as it was seen. */
	get newer(): Written | undefined {
		const now = conventionState(this.#setup.workplace.records, this.entity);
		return now && !sameJson(this.form.seen, now.heads) ? now.lastChange : undefined;
	}

	/** The line why, as far as it is written. */
	get why(): string {
		return this.form.value.why;
	}

	set why(why: string) {
		this.form.value = { ...this.form.value, why };
	}

	set(fields: Partial<Pick<ConventionDraft, 'title' | 'preamble' | 'rule'>>): void {
		this.#put({ ...this.draft, ...fields });
	}

	reword(id: string, words: Partial<Pick<DraftClause, 'heading' | 'text'>>): void {
		this.#put(reword(this.draft, id, words));
	}

	/** An empty clause behind the one at `after`, -1 for the beginning; its id, or undefined where there are too many. */
	add(after: number): string | undefined {
		if (this.full) return undefined;
		const clause = { id: this.#setup.newId(), heading: '', text: '', credits: [] };
		this.#step(addClause(this.draft, after, clause));
		return clause.id;
	}

	/** One place up (-1) or down (1). Whether there was room. */
	move(index: number, by: -1 | 1): boolean {
		const to = index + by;
		if (to < 0 || to >= this.clauses.length) return false;
		this.#step(move(this.draft, index, to));
		return true;
	}

	/** The id of the new clause; undefined where a half would be empty or there are too many. */
	split(index: number, at: number): string | undefined {
		if (this.full) return undefined;
		const newId = this.#setup.newId();
		const halves = split(this.draft, index, at, newId);
		if (halves === this.draft) return undefined;
		this.#step(halves);
		return newId;
	}

	mergeWithNext(index: number): void {
		this.#step(mergeWithNext(this.draft, index));
	}

	remove(clause: DraftClause): void {
		const out = [clause, ...this.out.filter(({ id }) => id !== clause.id)];
		this.#step(remove(this.draft, clause.id), out);
	}

	/** A clause that was taken out, in this draft or earlier, comes back where it stood. False: too many. */
	restore(clause: DraftClause): boolean {
		if (this.full) return false;
		const { place } = clause;
		const later = this.clauses.findIndex(
			(one) => place !== undefined && one.place !== undefined && one.place > place
		);
		const index = later < 0 ? this.clauses.length : later;
		const out = this.out.filter(({ id }) => id !== clause.id);
		this.#step(addClause(this.draft, index - 1, clause), out);
		return true;
	}

	/** Takes the last step on clauses back. */
	undo(): void {
		if (!this.#undoable) return;
		this.form.value = this.#undoable;
		this.#undoable = undefined;
	}

	/** Whether the draft can be saved, and what it would change. */
	check(): SaveCheck {
		this.#tried = true;
		const broken = brokenIn(this.draft);
		if (broken.length > 0) return { status: 'broken', broken };
		const base = this.#base();
		const body = this.#body(base);
		if (sameJson(body, base.body)) return { status: 'unchanged' };
		return {
			status: 'ready',
			changes: clauseChanges(readConvention(base.body).clauses, body.clauses)
		};
	}

	/** Puts the draft aside for good; what stands now is what its author sees from here on. */
	async discard(): Promise<void> {
		this.#undoable = undefined;
		this.#tried = false;
		try {
			await this.form.discard();
		} catch (error) {
			this.trouble = savingTrouble(error);
		}
	}

	/** Writes one revision, however often it is tapped. Whether it is on the disk. */
	async save(): Promise<boolean> {
		if (this.#saving) return false;
		this.#saving = true;
		this.trouble = undefined;
		const { workplace, opened } = this.#setup;
		const reason = asText(this.why);
		try {
			const base = this.#base();
			const body = this.#body(base);
			this.trouble = conventionTrouble(base.body, body);
			if (this.trouble) {
				this.#saving = false;
				return false;
			}
			const about = { kind: 'convention', entity: this.entity, scope: opened.scope, seen: this.form.seen };
			const entry = { ...about, body, ...(reason !== '' && { reason }) };
			await this.form.finish((finishedDraft) => workplace.save([entry], { finishedDraft }));
			return true;
		} catch (error) {
			this.#saving = false;
			this.trouble = savingTrouble(error);
			return false;
		}
	}

	#body(base: Base): ConventionBody {
		// The form's reactive proxies are not for the disk.
		return bodyOf($state.snapshot(this.form.value.draft), base);
	}

	/** @throws RangeError when the draft was begun over a text that is in doubt: the editor does not open on one. */
	#base(): Base {
		const { records } = this.#setup.workplace;
		const state = stateAsSeen(
			records.state('convention', this.entity),
			records.revisions('convention', this.entity),
			this.form.seen,
			conventionPolicy
		);
		const read = state.status === 'present' ? readConvention(state.body) : undefined;
		if (state.status !== 'present' || !read?.type || !read.stage)
			throw new RangeError(`no text to write on: ${this.entity} ${this.form.seen.join()}`);
		return { type: read.type, stage: read.stage, body: state.body };
	}

	#step(draft: ConventionDraft, out = this.out): void {
		const before = this.form.value;
		this.form.value = { ...before, draft, out };
		this.#undoable = before;
	}

	#put(draft: ConventionDraft): void {
		this.form.value = { ...this.form.value, draft };
		this.#undoable = undefined;
	}
}

export function conventionDraftKey(entity: string): string {
	return `convention:${entity}`;
}
