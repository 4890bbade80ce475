import { SvelteSet } from 'svelte/reactivity';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import { attendanceId, minuteEntity } from '#kinds/minute.ts';
import type { MeetingState } from '#read-models/meeting-state.ts';
import type { Scope } from '#records/scope.ts';

/** Doors tapped one after another: each a record of its own, on the disk before its tile says so. */
export class AttendanceTaking {
	trouble: SavingTrouble | undefined = $state();
	readonly #saving = new SvelteSet<Scope>();
	readonly #workplace: Workplace;

	constructor(workplace: Workplace) {
		this.#workplace = workplace;
	}

	isSaving(household: Scope): boolean {
		return this.#saving.has(household);
	}

	/** Once, however often it is tapped. */
	async add({ id }: Pick<MeetingState, 'id'>, household: Scope): Promise<void> {
		if (this.#saving.has(household)) return;
		this.#saving.add(household);
		this.trouble = undefined;
		const entity = minuteEntity(household, id, attendanceId);
		const body = { about: 'attendance', as: 'household', at: this.#workplace.now().toISOString() };
		try {
			await this.#workplace.save([{ kind: 'minute', entity, scope: household, body }]);
		} catch (error) {
			this.trouble = savingTrouble(error);
		} finally {
			this.#saving.delete(household);
		}
	}
}
