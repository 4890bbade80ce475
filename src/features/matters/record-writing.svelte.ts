import { DraftForm } from '#app/draft-form.svelte.ts';
import { PhotoTaking } from '#app/photo-taking.svelte.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Entry, Workplace } from '#app/workplace.svelte.ts';
import { policyOf } from '#kinds/kinds.ts';
import { stateAsSeen } from '#read-models/state-as-seen.ts';
import { databaseOf } from '#records/database-name.ts';
import type { Json, JsonObject } from '#records/json.ts';
import type { Scope } from '#records/scope.ts';
import { headsOf } from '#records/state-of.ts';

/** What a form gives: the record to write, or the field without which there is none. */
export type FormResult<Field extends string> =
	{ readonly type: 'entry'; readonly entry: Entry } | { readonly type: 'missing'; readonly field: Field };

export interface RecordWritingSetup<Fields extends JsonObject, Field extends string> {
	readonly workplace: Workplace;
	/** Names the form among all drafts. */
	readonly key: string;
	readonly start: Fields;
	readonly read: (kept: Json) => Fields | undefined;
	readonly photos?: {
		/** What the photos are about, as far as that is known. */
		readonly scope: () => Scope;
		readonly of: (fields: Fields) => readonly string[];
		readonly put: (fields: Fields, photos: readonly string[]) => Fields;
	};
	/** What is put right: written on top of what was seen of it, also where a draft was left for days. */
	readonly edits?: { readonly kind: string; readonly entity: string };
	/** `base`: of what is put right, all as it was seen; `{}` of what is new. */
	readonly result: (fields: Fields, base: JsonObject) => FormResult<Field>;
}

/** A form that becomes one record: a draft from the first keystroke. Made while a component is set up. */
export class RecordWriting<Fields extends JsonObject, Field extends string> {
	readonly form: DraftForm<Fields>;
	readonly photos: PhotoTaking | undefined;
	trouble: SavingTrouble | Field | undefined = $state();
	#saving = $state(false);
	readonly #setup: RecordWritingSetup<Fields, Field>;

	constructor(setup: RecordWritingSetup<Fields, Field>) {
		const { workplace, key, start, read, photos, edits } = setup;
		this.#setup = setup;
		this.form = new DraftForm({
			...{ keeper: workplace.store, key, start, read },
			now: () => workplace.now(),
			...(edits && { seen: headsOf(workplace.records.state(edits.kind, edits.entity)) })
		});
		this.photos =
			photos &&
			new PhotoTaking({
				store: workplace.store,
				get database() {
					return databaseOf(photos.scope());
				},
				photos: () => photos.of(this.form.value),
				change: (hashes) => (this.form.value = photos.put(this.form.value, hashes)),
				ontrouble: (trouble) => (this.trouble = trouble)
			});
	}

	get saving(): boolean {
		return this.#saving;
	}

	/** The photos in the form, and where they belong. */
	get taken(): { readonly hashes: readonly string[]; readonly database: string } {
		const { photos } = this.#setup;
		if (!photos) return { hashes: [], database: '' };
		return { hashes: photos.of(this.form.value), database: databaseOf(photos.scope()) };
	}

	set(fields: Partial<Fields>): void {
		this.form.value = { ...this.form.value, ...fields };
		this.trouble = undefined;
	}

	/** Writes one record, however often it is tapped. Its entity, once it is on the disk. */
	async save(): Promise<string | undefined> {
		if (this.#saving) return undefined;
		this.#saving = true;
		this.trouble = undefined;
		try {
			await this.photos?.ready;
			const result = this.#setup.result(this.form.value, this.#base);
			if (result.type === 'missing') {
				this.trouble = result.field;
				return undefined;
			}
			const { edits, photos: photosIn, start } = this.#setup;
			const entry = edits ? { ...result.entry, seen: this.form.seen } : result.entry;
			const known = photosIn?.of(start) ?? [];
			const database = databaseOf(entry.scope);
			const photos = ((await this.photos?.added(known)) ?? []).map((photo) => ({ ...photo, database }));
			await this.form.finish((finishedDraft) =>
				this.#setup.workplace.save([entry], { photos, finishedDraft })
			);
			return entry.entity;
		} catch (error) {
			this.trouble = savingTrouble(error);
			return undefined;
		} finally {
			this.#saving = false;
		}
	}

	get #base(): JsonObject {
		const { edits, workplace } = this.#setup;
		if (!edits) return {};
		const { kind, entity } = edits;
		const now = workplace.records.state(kind, entity);
		const revisions = workplace.records.revisions(kind, entity);
		const state = stateAsSeen(now, revisions, this.form.seen, policyOf(kind));
		return state.status === 'present' ? state.body : {};
	}
}
