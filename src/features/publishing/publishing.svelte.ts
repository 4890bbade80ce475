import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import { publicationEntity, type PublicationBody } from '#kinds/publication.ts';
import { publicationAbout, type Publication } from '#read-models/publications.ts';
import type { Scope } from '#records/scope.ts';

export interface PublishingSetup {
	readonly workplace: Workplace;
	/** Whose residents see it. */
	readonly scope: Scope;
	/** The id of the meeting or the matter. */
	readonly subject: string;
	readonly about: PublicationBody['about'];
}

/** Shows something to residents, as whoever does so saw it before. */
export class Publishing {
	readonly scope: Scope;
	readonly entity: string;
	trouble: SavingTrouble | undefined = $state();
	#saving = $state(false);
	readonly #setup: PublishingSetup;

	constructor(setup: PublishingSetup) {
		const { scope, subject, about } = setup;
		this.#setup = setup;
		this.scope = scope;
		this.entity = publicationEntity(scope, subject, about);
	}

	/** What residents see of it now, or saw. Tracked. */
	get publication(): Publication | undefined {
		const { workplace, subject, about } = this.#setup;
		return publicationAbout(workplace.records, subject, about);
	}

	get saving(): boolean {
		return this.#saving;
	}

	/** Writes one record, however often it is tapped. Whether it is on the disk. */
	async publish(
		body: PublicationBody,
		finish: (save: (finishedDraft?: string) => Promise<unknown>) => Promise<unknown>
	): Promise<boolean> {
		if (this.#saving) return false;
		this.#saving = true;
		this.trouble = undefined;
		const entry = { kind: 'publication', entity: this.entity, scope: this.scope, body };
		try {
			await finish((finishedDraft) =>
				this.#setup.workplace.save([entry], finishedDraft === undefined ? {} : { finishedDraft })
			);
			return true;
		} catch (error) {
			this.trouble = savingTrouble(error);
			return false;
		} finally {
			this.#saving = false;
		}
	}
}
