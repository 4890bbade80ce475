import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import type { MeetingState } from '#read-models/meeting-state.ts';
import type { JsonObject } from '#records/json.ts';
import { stageAfter, type MeetingMove } from './stage-moves.ts';

/** Changes to a meeting that one tap makes, each on top of what was seen. */
export class MoveTaking {
	trouble: SavingTrouble | 'doubts' | undefined = $state();
	#saving = $state(false);
	readonly #workplace: Workplace;

	constructor(workplace: Workplace) {
		this.#workplace = workplace;
	}

	get saving(): boolean {
		return this.#saving;
	}

	/** Whether the step is on the disk. */
	async take(meeting: MeetingState, move: MeetingMove): Promise<boolean> {
		const { stage } = meeting.read;
		if (!stage) return this.#stay('doubts');
		return this.change(meeting, { stage: stageAfter(stage, move, this.#workplace.now().toISOString()) });
	}

	/** Writes `members` anew, the rest as it stands. A body is written whole: first what is in doubt must be settled. */
	async change({ entity, scope, heads, body, doubts }: MeetingState, members: JsonObject): Promise<boolean> {
		if (this.#saving) return false;
		if (doubts.length > 0) return this.#stay('doubts');
		this.#saving = true;
		this.trouble = undefined;
		const entry = { kind: 'meeting', entity, scope, body: { ...body, ...members }, seen: heads };
		try {
			await this.#workplace.save([entry]);
			return true;
		} catch (error) {
			return this.#stay(savingTrouble(error));
		} finally {
			this.#saving = false;
		}
	}

	#stay(trouble: SavingTrouble | 'doubts'): false {
		this.trouble = trouble;
		return false;
	}
}
