import { entityDelivery, type DeliveryState } from '#app/entity-delivery.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import { checkInEntity, type Quality } from '#kinds/check-in.ts';
import type { Day } from '#kinds/day.ts';
import { checkInOn, type DayCheckIn } from '#read-models/check-ins.ts';
import {
	ownReport,
	reportUndo,
	reportWrite,
	tapWrite,
	type OwnReport,
	type Reported,
	type ReportWrite
} from '#read-models/report.ts';
import type { Photo } from '#records/phone-store.ts';
import type { Scope } from '#records/scope.ts';

export interface HouseholdDaySetup {
	readonly workplace: Workplace;
	readonly household: Scope;
	readonly today: () => Day;
	/** Said in the record that takes a tap back. */
	readonly undoReason: string;
}

/** What came with a report: photos to be sent, the draft that it ends. */
interface Extras {
	readonly photos?: readonly Photo[];
	readonly finishedDraft?: string;
}

/**
 * A household's today: what it said itself, what a worker saw, and how far its word is on its way.
 * However often it is tapped, and on whichever of its phones, it is one check-in.
 */
export class HouseholdDay {
	readonly #setup: HouseholdDaySetup;
	#saving = $state(false);
	#trouble: SavingTrouble | undefined = $state();

	constructor(setup: HouseholdDaySetup) {
		this.#setup = setup;
	}

	get household(): Scope {
		return this.#setup.household;
	}

	get day(): Day {
		return this.#setup.today();
	}

	get own(): OwnReport {
		return ownReport(this.#setup.workplace.records, this.household, this.day);
	}

	get checkIn(): DayCheckIn {
		return checkInOn(this.#setup.workplace.records, this.household, this.day);
	}

	get delivery(): DeliveryState | undefined {
		return entityDelivery(this.#setup.workplace, 'check-in', checkInEntity(this.household, this.day));
	}

	get saving(): boolean {
		return this.#saving;
	}

	/** Why the last tap was not saved. */
	get trouble(): SavingTrouble | undefined {
		return this.#trouble;
	}

	get undoable(): boolean {
		return reportUndo(this.#setup.workplace.records, this.household, this.day) !== undefined;
	}

	/** Whether it is on this phone's disk now. */
	tap(quality: Quality): Promise<boolean> {
		return this.#write((records) => tapWrite(records, this.household, this.day, quality));
	}

	/** `day`: the one it is about, which may be over by now. */
	tell(day: Day, view: Reported, extras: Extras = {}): Promise<boolean> {
		return this.#write((records) => reportWrite(records, this.household, day, view), extras);
	}

	undo(): Promise<boolean> {
		return this.#write((records) => reportUndo(records, this.household, this.day));
	}

	/** One at a time: a tap while another is being saved changes nothing. */
	async #write(
		decide: (records: Workplace['records']) => ReportWrite | undefined,
		extras: Extras = {}
	): Promise<boolean> {
		if (this.#saving) return false;
		this.#saving = true;
		this.#trouble = undefined;
		const { workplace, undoReason } = this.#setup;
		const write = decide(workplace.records);
		try {
			if (write) {
				const reason = write.body === null ? { reason: undoReason } : {};
				await workplace.save([{ kind: 'check-in', scope: this.household, ...write, ...reason }], extras);
			}
			return true;
		} catch (error) {
			this.#trouble = savingTrouble(error);
			return false;
		} finally {
			this.#saving = false;
		}
	}
}
