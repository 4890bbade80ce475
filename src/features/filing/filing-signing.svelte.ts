import * as v from 'valibot';
import { DraftForm } from '#app/draft-form.svelte.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import { hasRoom } from '#app/signature-strokes.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import { dayAt } from '#kinds/day.ts';
import { amendmentDays } from '#kinds/meeting-stage.ts';
import { signatureBody } from '#kinds/signature.ts';
import { asLine, shortText } from '#kinds/text.ts';
import { filedBody, filingObstacles, shownText, type Signed } from '#read-models/filing-plan.ts';
import type { MeetingState } from '#read-models/meeting-state.ts';
import type { Minutes } from '#read-models/minutes.ts';

export type Role = 'chair' | 'recorder';
type Drawn = readonly (readonly number[])[];

type SigningFields = {
	readonly chair: { readonly name: string; readonly signature: Drawn };
	readonly recorder: { readonly name: string; readonly signature: Drawn };
	/** How long who was there may object or add. */
	readonly days: number;
	/** What was shown when the first of them signed, as one hash; `''` before. */
	readonly shown: string;
};

const drawn = v.union([signatureBody, v.pipe(v.array(v.array(v.number())), v.length(0))]);
const signer = v.object({ name: v.string(), signature: drawn });
const kept = v.object({ chair: signer, recorder: signer, days: v.number(), shown: v.string() });

export interface FilingSigningSetup {
	readonly workplace: Workplace;
	/** As it stands when the page is opened. */
	readonly meeting: MeetingState;
}

/**
 * 签字存档: names and strokes are kept as they come, until the minutes are filed. What is filed is what was shown
 * when it was signed: whatever came since, the signatures are drawn anew. Made while a component is set up.
 */
export class FilingSigning {
	readonly form: DraftForm<SigningFields>;
	trouble: SavingTrouble | 'obstacle' | 'changed' | `${Role}-name` | `${Role}-signature` | undefined =
		$state();
	#saving = $state(false);
	readonly #workplace: Workplace;

	constructor({ workplace, meeting }: FilingSigningSetup) {
		const { chair = '', recorder = '' } = meeting.read;
		this.#workplace = workplace;
		this.form = new DraftForm<SigningFields>({
			keeper: workplace.store,
			key: `filing:${meeting.entity}`,
			start: {
				chair: { name: chair, signature: [] },
				recorder: { name: recorder, signature: [] },
				days: amendmentDays,
				shown: ''
			},
			read: (value) => {
				const parsed = v.safeParse(kept, value);
				return parsed.success ? parsed.output : undefined;
			},
			now: () => workplace.now()
		});
	}

	get saving(): boolean {
		return this.#saving;
	}

	/** Whether someone signed something else than `shown`. */
	isOfOther(shown: string): boolean {
		const { chair, recorder, shown: signed } = this.form.value;
		return chair.signature.length + recorder.signature.length > 0 && signed !== shown;
	}

	hasRoom(role: Role): boolean {
		return hasRoom(this.form.value[role].signature);
	}

	rename(role: Role, name: string): void {
		this.#set(role, { name });
	}

	setDays(days: number): void {
		this.form.value = { ...this.form.value, days };
	}

	/** `shown`: what is before the signer's eyes. */
	sign(role: Role, stroke: readonly number[], shown: string): void {
		if (!this.hasRoom(role) || this.isOfOther(shown)) return;
		this.#set(role, { signature: [...this.form.value[role].signature, stroke] });
		this.form.value = { ...this.form.value, shown };
	}

	undoStroke(role: Role): void {
		this.#set(role, { signature: this.form.value[role].signature.slice(0, -1) });
	}

	clear(role: Role): void {
		this.#set(role, { signature: [] });
	}

	/** Writes the filing, once. Whether it is on the disk. `meeting` and `minutes` as they are shown. */
	async file(meeting: MeetingState, minutes: Minutes): Promise<boolean> {
		if (this.#saving) return false;
		const { chair, recorder, days } = this.form.value;
		this.trouble = this.#missing(meeting, minutes);
		const signers = [signedBy(chair), signedBy(recorder)] as const;
		if (this.trouble || !signers[0] || !signers[1]) return false;
		this.#saving = true;
		try {
			const text = await this.#joined(meeting);
			const day = dayAt(this.#workplace.now());
			const body = filedBody(meeting, minutes, { text, chair: signers[0], recorder: signers[1], day, days });
			const entry = { kind: 'meeting', entity: meeting.entity, scope: meeting.scope, body, seen: [text] };
			await this.form.finish((finishedDraft) => this.#workplace.save([entry], { finishedDraft }));
			return true;
		} catch (error) {
			this.trouble = savingTrouble(error);
			return false;
		} finally {
			this.#saving = false;
		}
	}

	#missing(meeting: MeetingState, minutes: Minutes): FilingSigning['trouble'] {
		const { chair, recorder, days } = this.form.value;
		if (filingObstacles(meeting, minutes).length > 0) return 'obstacle';
		if (this.isOfOther(shownText(meeting, minutes, days))) return 'changed';
		if (asLine(chair.name) === '') return 'chair-name';
		if (chair.signature.length === 0) return 'chair-signature';
		if (asLine(recorder.name) === '') return 'recorder-name';
		return recorder.signature.length === 0 ? 'recorder-signature' : undefined;
	}

	/** The one revision that has the meeting as it is shown: what two people wrote side by side is joined first. */
	async #joined({ entity, scope, heads, body }: MeetingState) {
		const [head] = heads;
		if (head && heads.length === 1) return head;
		const [joined] = await this.#workplace.save([{ kind: 'meeting', entity, scope, body, seen: heads }]);
		if (!joined) throw new RangeError(`nothing was saved of ${entity}`);
		return joined.hash;
	}

	#set(role: Role, changes: Partial<SigningFields['chair']>): void {
		const { value } = this.form;
		this.form.value = { ...value, [role]: { ...value[role], ...changes } };
	}
}

function signedBy({ name, signature }: SigningFields['chair']): Signed | undefined {
	const parsed = v.safeParse(v.object({ name: shortText, signature: signatureBody }), {
		name: asLine(name),
		signature: signature.map((stroke) => [...stroke])
	});
	return parsed.success ? parsed.output : undefined;
}
