import { DraftForm } from '#app/draft-form.svelte.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import { policyOf } from '#kinds/kinds.ts';
import { maxAgendaItems, meetingEntity, readMeeting } from '#kinds/meeting.ts';
import type { MeetingStage } from '#kinds/meeting-stage.ts';
import { asLine } from '#kinds/text.ts';
import { meetingState, type MeetingState } from '#read-models/meeting-state.ts';
import { stateAsSeen } from '#read-models/state-as-seen.ts';
import type { Hash } from '#records/hash.ts';
import type { Scope } from '#records/scope.ts';
import { meetingBodyOf, meetingFieldsKept, type MeetingFields } from './meeting-fields.ts';

export interface MeetingWritingSetup {
	readonly workplace: Workplace;
	/** Names the draft: a place asked for, or the meeting that is changed. */
	readonly key: string;
	readonly start: MeetingFields;
	/** 8 to 32 of a-z and 0-9, by chance. */
	readonly newId: () => string;
	/** The meeting that is changed; absent: a new one. */
	readonly meeting?: MeetingState;
}

/** What is not right yet. `doubts`: two people changed the meeting differently, and nobody has chosen. */
export type WritingTrouble = SavingTrouble | 'at' | 'title' | 'starts' | 'doubts' | 'refused';

/** What is announced of a meeting: a draft from the first keystroke. Made while a component is set up. */
export class MeetingWriting {
	readonly form: DraftForm<MeetingFields>;
	trouble: WritingTrouble | undefined = $state();
	#saving = $state(false);
	readonly #setup: MeetingWritingSetup;

	constructor(setup: MeetingWritingSetup) {
		const { workplace, key, start, meeting } = setup;
		this.#setup = setup;
		this.form = new DraftForm({
			keeper: workplace.store,
			...{ key, start, read: meetingFieldsKept },
			now: () => workplace.now(),
			...(meeting && { seen: meeting.heads })
		});
	}

	get value(): MeetingFields {
		return this.form.value;
	}

	get saving(): boolean {
		return this.#saving;
	}

	get isFull(): boolean {
		return this.value.agenda.length >= maxAgendaItems;
	}

	set(fields: Partial<MeetingFields>): void {
		this.form.value = { ...this.form.value, ...fields };
		this.trouble = undefined;
	}

	addItem(): void {
		const item = { id: this.#setup.newId(), place: '', topic: '' };
		this.set({ agenda: [...this.value.agenda, item] });
	}

	reword(index: number, topic: string): void {
		this.set({ agenda: this.value.agenda.map((item, at) => (at === index ? { ...item, topic } : item)) });
	}

	/** Up one place, so that the one before comes behind it. */
	raise(index: number): void {
		const { agenda } = this.value;
		const item = agenda[index];
		if (item && index > 0)
			this.set({ agenda: agenda.toSpliced(index, 1).toSpliced(index - 1, 0, { ...item, place: '' }) });
	}

	takeOut(index: number): void {
		this.set({ agenda: this.value.agenda.toSpliced(index, 1) });
	}

	/**
	 * Writes the meeting, however often it is tapped: at `stage`, or where it stood for whoever began to change it, so
	 * that no step someone took since is taken a second time. The entity, once on the disk.
	 */
	async save(title: string, stage?: MeetingStage): Promise<string | undefined> {
		if (this.#saving) return undefined;
		const { workplace, meeting, newId } = this.#setup;
		const standing = meeting && meetingState(workplace.records, meeting.entity);
		const next = stage ?? (meeting && this.#stageSeen(meeting.entity));
		if (!next || (standing && standing.doubts.length > 0)) return this.#stay('doubts');
		const typed = $state.snapshot(this.form.value);
		if (typed.at === '') return this.#stay('at');
		if (asLine(title) === '') return this.#stay('title');
		if (!/^[^T]+T[^T]+$/.test(typed.starts)) return this.#stay('starts');
		const body = meetingBodyOf(typed, title, next);
		if (!body) return this.#stay('refused');
		const entity = meeting?.entity ?? meetingEntity(typed.at, newId());
		return this.#write(entity, typed.at, body, meeting ? this.form.seen : []);
	}

	#stageSeen(entity: string): MeetingStage | undefined {
		const { records } = this.#setup.workplace;
		const now = records.state('meeting', entity);
		const revisions = records.revisions('meeting', entity);
		const state = stateAsSeen(now, revisions, this.form.seen, policyOf('meeting'));
		return state.status === 'present' ? readMeeting(state.body).stage : undefined;
	}

	async #write(
		entity: string,
		scope: Scope,
		body: ReturnType<typeof meetingBodyOf> & object,
		seen: readonly Hash[]
	): Promise<string | undefined> {
		this.#saving = true;
		const entry = { kind: 'meeting', entity, scope, body, seen };
		try {
			await this.form.finish((finishedDraft) => this.#setup.workplace.save([entry], { finishedDraft }));
			return entity;
		} catch (error) {
			return this.#stay(savingTrouble(error));
		} finally {
			this.#saving = false;
		}
	}

	#stay(trouble: WritingTrouble): undefined {
		this.trouble = trouble;
	}
}
