import { DraftForm } from '#app/draft-form.svelte.ts';
import { PhotoTaking } from '#app/photo-taking.svelte.ts';
import { savingTrouble } from '#app/saving-trouble.ts';
import type { Entry, Workplace } from '#app/workplace.svelte.ts';
import { checkIn, checkInEntity, readCheckIn, type CheckInRead, type Quality } from '#kinds/check-in.ts';
import type { Day } from '#kinds/day.ts';
import { stateAsSeen } from '#read-models/state-as-seen.ts';
import { databaseOf } from '#records/database-name.ts';
import { sameJson } from '#records/hash.ts';
import type { Scope } from '#records/scope.ts';
import { headsOf, type EntityState } from '#records/state-of.ts';
import { emptyForm, formOf, formOfDraft, observedBody, viewOf, type CheckInForm } from './check-in-form.ts';
import type { Trouble } from './trouble.ts';

/** A check-in that was just saved, and the entry that takes it back. */
export interface Recorded {
	readonly household: Scope;
	readonly day: Day;
	readonly quality: Quality;
	readonly undo: Entry;
}

/**
 * What a tap on a quality came to. `unchanged`: it stood already; `stayed`: nothing was saved, and
 * `trouble` says why, or a tap before this one is still being saved.
 */
export type Answer =
	| { readonly status: 'recorded'; readonly recorded: Recorded }
	| { readonly status: 'unchanged' }
	| { readonly status: 'stayed' };

export interface CheckInEditingSetup {
	readonly workplace: Workplace;
	readonly household: Scope;
	readonly day: Day;
	/** Said in the record that an undo writes. */
	readonly undoReason: string;
}

/**
 * A check-in on the sheet, from its opening until it is saved. What stood at the opening, or when
 * a draft was begun, is what the worker saw: what arrives meanwhile is merged, or a doubt to settle,
 * never overwritten.
 * Made while a component is set up.
 */
export class CheckInEditing {
	readonly entity: string;
	readonly #opened: EntityState;
	readonly form: DraftForm<CheckInForm>;
	trouble: Trouble | undefined = $state();
	#stage: 'open' | 'saving' = $state('open');
	readonly photos: PhotoTaking;
	readonly #setup: CheckInEditingSetup;

	constructor(setup: CheckInEditingSetup) {
		const { workplace, household, day } = setup;
		this.#setup = setup;
		this.entity = checkInEntity(household, day);
		this.#opened = workplace.records.state('check-in', this.entity);
		const seen = headsOf(this.#opened);
		const opened = bodyOf(this.#opened);
		this.form = new DraftForm({
			keeper: workplace.store,
			key: `check-in:${this.entity}`,
			start: opened ? formOf(opened.observed) : emptyForm,
			read: formOfDraft,
			now: () => workplace.now(),
			seen
		});
		this.photos = new PhotoTaking({
			store: workplace.store,
			database: databaseOf(household),
			photos: () => this.form.value.photos,
			change: (photos) => (this.form.value = { ...this.form.value, photos }),
			ontrouble: (trouble) => (this.trouble = trouble)
		});
	}

	/** The check-in as the worker saw it; undefined: none yet. */
	get body(): CheckInRead | undefined {
		return bodyOf(this.#seen);
	}

	/** What others noted since the restored draft was begun: saving keeps both. */
	get newer(): Quality | undefined {
		if (sameJson(this.form.seen, headsOf(this.#opened))) return undefined;
		return bodyOf(this.#opened)?.observed?.quality;
	}

	get #seen(): EntityState {
		return stateAsSeen(
			this.#opened,
			this.#setup.workplace.records.revisions('check-in', this.entity),
			this.form.seen,
			checkIn.policy
		);
	}

	get saving(): boolean {
		return this.#stage !== 'open';
	}

	/** Saves what stands on the sheet with the tapped quality: one record, however often it is tapped. */
	async record(quality: Quality): Promise<Answer> {
		if (this.#stage !== 'open') return { status: 'stayed' };
		this.#stage = 'saving';
		this.trouble = undefined;
		try {
			await this.photos.ready;
			const read = viewOf(this.form.value, quality);
			if (!read.ok) return this.#stay(read.field);
			const seen = this.#seen;
			const before = seen.status === 'present' ? seen.body : undefined;
			const body = observedBody(before, read.view);
			if (!sameJson(before, body)) return { status: 'recorded', recorded: await this.#write(body, quality) };
			await this.form.discard();
			return { status: 'unchanged' };
		} catch (error) {
			this.#stage = 'open';
			return this.#stay(savingTrouble(error));
		}
	}

	/** Puts what was typed aside for good; what stands now is what the worker sees from here on. */
	async discard(): Promise<void> {
		try {
			await this.form.discard();
		} catch (error) {
			this.trouble = savingTrouble(error);
		}
	}

	async #write(body: NonNullable<Entry['body']>, quality: Quality): Promise<Recorded> {
		const { workplace, household, day, undoReason } = this.#setup;
		const about = { kind: 'check-in', entity: this.entity, scope: household };
		const before = this.#seen;
		const photos = await this.photos.added(this.body?.observed?.photos ?? []);
		const [revision] = await this.form.finish((finishedDraft) =>
			workplace.save([{ ...about, body, seen: this.form.seen }], { photos, finishedDraft })
		);
		const seen = revision ? [revision.hash] : [];
		const back = before.status === 'present' ? { body: before.body } : { body: null, reason: undoReason };
		return { household, day, quality, undo: { ...about, ...back, seen } };
	}

	#stay(trouble: Trouble): Answer {
		this.trouble = trouble;
		this.#stage = 'open';
		return { status: 'stayed' };
	}
}

function bodyOf(state: EntityState): CheckInRead | undefined {
	return state.status === 'present' ? readCheckIn(state.body) : undefined;
}
