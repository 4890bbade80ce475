import * as v from 'valibot';
import { DraftForm } from '#app/draft-form.svelte.ts';
import { PhotoTaking } from '#app/photo-taking.svelte.ts';
import type { SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import { checkInEntity, qualities, streams, type Quality, type Stream } from '#kinds/check-in.ts';
import type { Day } from '#kinds/day.ts';
import { databaseOf } from '#records/database-name.ts';
import { isHash } from '#records/hash.ts';
import type { HouseholdDay } from './household-day.svelte.ts';

type ReportFields = {
	readonly quality: Quality | '';
	readonly streams: readonly Stream[];
	readonly photos: readonly string[];
};

const kept = v.object({
	quality: v.picklist([...qualities, '']),
	streams: v.array(v.picklist(streams)),
	photos: v.array(v.custom<string>(isHash))
});

/** What a household says of a day besides the tap. Made while a component is set up. */
export class ReportForm {
	readonly form: DraftForm<ReportFields>;
	readonly photos: PhotoTaking;
	readonly database: string;
	trouble: SavingTrouble | undefined = $state();
	readonly #day: HouseholdDay;
	/** The day it is about: that on which it was made. */
	readonly #on: Day;
	readonly #known: readonly string[];

	constructor(workplace: Workplace, day: HouseholdDay) {
		const { store } = workplace;
		const { own, household } = day;
		const said = own.status === 'none' ? {} : own.view;
		this.#day = day;
		this.#on = day.day;
		this.#known = said.photos ?? [];
		this.database = databaseOf(household);
		this.form = new DraftForm({
			keeper: store,
			key: `report:${checkInEntity(household, this.#on)}`,
			start: { quality: said.quality ?? '', streams: said.streams ?? [], photos: this.#known },
			read: (value) => {
				const parsed = v.safeParse(kept, value);
				return parsed.success ? parsed.output : undefined;
			},
			now: () => workplace.now()
		});
		this.photos = new PhotoTaking({
			store,
			database: this.database,
			photos: () => this.form.value.photos,
			change: (photos) => this.set({ photos }),
			ontrouble: (trouble) => (this.trouble = trouble)
		});
	}

	set(fields: Partial<ReportFields>): void {
		this.form.value = { ...this.form.value, ...fields };
	}

	/** Whether it is on the disk now; without a quality there is nothing to save. */
	async save(): Promise<boolean> {
		await this.photos.ready;
		const { quality, streams, photos } = this.form.value;
		if (quality === '') return false;
		const added = await this.photos.added(this.#known);
		const view = { quality, streams, photos };
		return this.form.finish((finishedDraft) =>
			this.#day.tell(this.#on, view, { photos: added, finishedDraft })
		);
	}
}
