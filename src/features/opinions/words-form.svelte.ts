import { DraftForm } from '#app/draft-form.svelte.ts';
import type { Entry, Workplace } from '#app/workplace.svelte.ts';
import { asText } from '#kinds/text.ts';
import { headsOf } from '#records/state-of.ts';
import type { OpinionSaving } from './opinion-saving.svelte.ts';

export interface WordsAsked {
	/** Names the draft among all: one for each place where something can be written. */
	readonly draft: string;
	/** What the words change; absent: they begin something new. */
	readonly entity?: string;
	readonly start: string;
	/** Words that say nothing: the clause as it reads already. */
	readonly unchanged?: string;
	/** Whether nothing may be said. */
	readonly optional: boolean;
	readonly entryOf: (words: string) => Entry;
}

/** Some words of a household: a draft from the first keystroke. Made while a component is set up. */
export class WordsForm {
	readonly form: DraftForm<{ readonly words: string }>;
	trouble: 'missing' | 'unchanged' | undefined = $state();
	readonly #asked: WordsAsked;
	readonly #saving: OpinionSaving;
	#underWay = false;

	constructor(workplace: Workplace, saving: OpinionSaving, asked: WordsAsked) {
		this.#asked = asked;
		this.#saving = saving;
		this.form = new DraftForm({
			keeper: workplace.store,
			key: asked.draft,
			start: { words: asked.start },
			read: (kept) =>
				typeof kept === 'object' && kept && 'words' in kept && typeof kept.words === 'string'
					? { words: kept.words }
					: undefined,
			now: () => workplace.now(),
			...(asked.entity !== undefined && { seen: headsOf(workplace.records.state('opinion', asked.entity)) })
		});
	}

	/** Saves what stands in the field, once. What takes it back; undefined where nothing was saved. */
	async save(): Promise<readonly Entry[] | undefined> {
		if (this.#underWay) return undefined;
		this.#underWay = true;
		try {
			return await this.#save();
		} finally {
			this.#underWay = false;
		}
	}

	async #save(): Promise<readonly Entry[] | undefined> {
		const { entity, optional, unchanged, entryOf } = this.#asked;
		const words = asText(this.form.value.words);
		this.trouble = undefined;
		if (words === '' && !optional) this.trouble = 'missing';
		else if (words === unchanged?.trim()) this.trouble = 'unchanged';
		if (this.trouble) return undefined;
		const entry = entryOf(words);
		return this.#saving.save([entity === undefined ? entry : { ...entry, seen: this.form.seen }], (save) =>
			this.form.finish(save)
		);
	}
}
