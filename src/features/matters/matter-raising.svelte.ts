import * as v from 'valibot';
import { DraftForm } from '#app/draft-form.svelte.ts';
import { PhotoTaking } from '#app/photo-taking.svelte.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import { matterCategories, type MatterCategory } from '#kinds/matter-category.ts';
import { matterEntity } from '#kinds/matter.ts';
import { databaseOf } from '#records/database-name.ts';
import { isHash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import type { Scope } from '#records/scope.ts';

type MatterFields = {
	readonly text: string;
	readonly category: MatterCategory | '';
	readonly unnamed: boolean;
	readonly photos: readonly string[];
};

const empty: MatterFields = { text: '', category: '', unnamed: false, photos: [] };
const kept = v.object({
	text: v.string(),
	category: v.picklist([...matterCategories, '']),
	unnamed: v.boolean(),
	photos: v.array(v.custom<string>(isHash))
});

export interface MatterRaisingSetup {
	readonly workplace: Workplace;
	readonly household: Scope;
	/** 8 to 32 of a-z and 0-9, by chance. */
	readonly newId: () => string;
}

/** 反映一件事: a draft from the first keystroke until it is saved. Made while a component is set up. */
export class MatterRaising {
	readonly form: DraftForm<MatterFields>;
	readonly photos: PhotoTaking;
	readonly database: string;
	trouble: SavingTrouble | 'text' | undefined = $state();
	#saving = $state(false);
	readonly #setup: MatterRaisingSetup;

	constructor(setup: MatterRaisingSetup) {
		const { workplace, household } = setup;
		this.#setup = setup;
		this.database = databaseOf(household);
		this.form = new DraftForm({
			keeper: workplace.store,
			key: `matter:${household}`,
			start: empty,
			read: (value) => {
				const parsed = v.safeParse(kept, value);
				return parsed.success ? parsed.output : undefined;
			},
			now: () => workplace.now()
		});
		this.photos = new PhotoTaking({
			store: workplace.store,
			database: this.database,
			photos: () => this.form.value.photos,
			change: (photos) => this.set({ photos }),
			ontrouble: (trouble) => (this.trouble = trouble)
		});
	}

	get saving(): boolean {
		return this.#saving;
	}

	set(fields: Partial<MatterFields>): void {
		this.form.value = { ...this.form.value, ...fields };
	}

	/** Writes one record, however often it is tapped. Whether it is on the disk. */
	async save(): Promise<boolean> {
		if (this.#saving) return false;
		this.#saving = true;
		this.trouble = undefined;
		try {
			await this.photos.ready;
			const body = matterBodyOf(this.form.value);
			if (!body) {
				this.trouble = 'text';
				return false;
			}
			const { workplace, household, newId } = this.#setup;
			const photos = await this.photos.added([]);
			const entry = { kind: 'matter', entity: matterEntity(household, newId()), scope: household, body };
			await this.form.finish((finishedDraft) => workplace.save([entry], { photos, finishedDraft }));
			return true;
		} catch (error) {
			this.trouble = savingTrouble(error);
			return false;
		} finally {
			this.#saving = false;
		}
	}
}

/** As it is written; undefined when nothing was said. */
function matterBodyOf({ text, category, unnamed, photos }: MatterFields): JsonObject | undefined {
	const said = text.trim();
	if (said === '') return undefined;
	return {
		text: said,
		...(category !== '' && { category }),
		...(unnamed && { unnamed }),
		...(photos.length > 0 && { photos: [...photos] })
	};
}
