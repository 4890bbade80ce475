import { toCode } from '#access/cards-api.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import { dayAt } from '#kinds/day.ts';
import { tapWrite } from '#read-models/report.ts';
import { opensDoor, validVerifiers, type Door } from './code-check.ts';
import type { Memory } from './tablet-doors.svelte.ts';

/** Characters of a code. */
export const codeLength = 8;
/** Wrong codes in a row, after which the tablet waits. */
const maxWrong = 5;
export const waitSeconds = 30;

/**
 * Where a visit stands. `code`: the door is picked, `typed` so far; `wrong`: the last code was not the
 * door's, so many more may be tried. `waiting`: too many were wrong, until then nobody may try.
 */
export type VisitState =
	| { readonly step: 'doors' }
	| { readonly step: 'code'; readonly door: Door; readonly typed: string; readonly wrong?: number }
	| { readonly step: 'checking'; readonly door: Door }
	| { readonly step: 'waiting'; readonly until: number }
	| { readonly step: 'no-card'; readonly door: Door }
	| { readonly step: 'thanks'; readonly door: Door }
	| { readonly step: 'failed'; readonly trouble: SavingTrouble };

/**
 * One household at the courtyard's tablet: picks its door, types its code, and today's check-in is on the
 * tablet's disk. Nothing of any household is shown.
 */
export class TabletVisit {
	readonly #workplace: Workplace;
	readonly #memory: Memory;
	#state: VisitState = $state.raw({ step: 'doors' });

	constructor(workplace: Workplace, memory: Memory) {
		this.#workplace = workplace;
		this.#memory = memory;
	}

	get state(): VisitState {
		return this.#state;
	}

	pick(door: Door): void {
		const until = this.#waitingUntil;
		if (until > this.#now) this.#state = { step: 'waiting', until };
		else if (validVerifiers(door, this.#workplace.now()).length === 0)
			this.#state = { step: 'no-card', door };
		else this.#state = { step: 'code', door, typed: '' };
	}

	/** Back to the doors. */
	leave(): void {
		this.#state = { step: 'doors' };
	}

	erase(): void {
		if (this.#state.step !== 'code') return;
		const { door, typed } = this.#state;
		this.#state = { step: 'code', door, typed: typed.slice(0, -1) };
	}

	/** One more character; the last one is answered by the check. */
	async type(character: string): Promise<void> {
		if (this.#state.step !== 'code' || this.#state.typed.length >= codeLength) return;
		const { door } = this.#state;
		const typed = this.#state.typed + character;
		this.#state = { step: 'code', door, typed };
		if (typed.length < codeLength) return;
		this.#state = { step: 'checking', door };
		const code = toCode(typed);
		if (code !== undefined && (await opensDoor(code, door, this.#workplace.now()))) await this.#record(door);
		else this.#refuse(door);
	}

	async #record(door: Door): Promise<void> {
		this.#remember(0, 0);
		const workplace = this.#workplace;
		const write = tapWrite(workplace.records, door.household, dayAt(workplace.now()), 'correct');
		try {
			if (write) await workplace.save([{ kind: 'check-in', scope: door.household, ...write }]);
			this.#state = { step: 'thanks', door };
		} catch (error) {
			this.#state = { step: 'failed', trouble: savingTrouble(error) };
		}
	}

	#refuse(door: Door): void {
		const wrong = this.#wrong + 1;
		if (wrong < maxWrong) {
			this.#remember(wrong, 0);
			this.#state = { step: 'code', door, typed: '', wrong: maxWrong - wrong };
			return;
		}
		const until = this.#now + waitSeconds * 1000;
		this.#remember(0, until);
		this.#state = { step: 'waiting', until };
	}

	get #now(): number {
		return this.#workplace.now().getTime();
	}

	/** Kept, so that loading the page anew does not start the count again: wrong codes, and the end of the wait. */
	#remember(wrong: number, until: number): void {
		this.#memory.setItem(this.#key, `${wrong} ${until}`);
	}

	get #wrong(): number {
		return this.#kept[0] ?? 0;
	}

	/** A wait that lies further ahead than any can is a clock that was set back. */
	get #waitingUntil(): number {
		const until = this.#kept[1] ?? 0;
		return until - this.#now > waitSeconds * 1000 ? 0 : until;
	}

	get #kept(): readonly number[] {
		const numbers = (this.#memory.getItem(this.#key) ?? '').split(' ').map(Number);
		return numbers.every(Number.isFinite) ? numbers : [];
	}

	get #key(): string {
		return `zhonggeng:${this.#workplace.account.name}:tablet-tries`;
	}
}
