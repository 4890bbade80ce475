import { isHash } from '#records/hash.ts';
import type { Photo, PhoneStore } from '#records/phone-store.ts';
import { downscale } from './photo.ts';
import { savingTrouble, type SavingTrouble } from './saving-trouble.ts';

/** As many photos as one record takes. */
export const maxPhotos = 6;

export interface PhotoTakingSetup {
	readonly store: Pick<PhoneStore, 'photo' | 'keepPhoto'>;
	/** Where the record that will name them belongs. */
	readonly database: string;
	/** The photos in the form, by their hashes. */
	readonly photos: () => readonly string[];
	readonly change: (photos: readonly string[]) => void;
	readonly ontrouble: (trouble: SavingTrouble) => void;
}

/** The photos of a form: made small, and on the disk before they are named in it. */
export class PhotoTaking {
	readonly #setup: PhotoTakingSetup;
	#coming = $state(0);
	#ready: Promise<void> = Promise.resolve();

	constructor(setup: PhotoTakingSetup) {
		this.#setup = setup;
	}

	/** How many are being made small. */
	get coming(): number {
		return this.#coming;
	}

	/** Settles when none is coming. */
	get ready(): Promise<void> {
		return this.#ready;
	}

	/** Takes in pictures from the camera. */
	add(files: readonly Blob[]): Promise<void> {
		this.#ready = this.#ready.then(async () => {
			for (const file of files) await this.#add(file);
		});
		return this.#ready;
	}

	remove(hash: string): void {
		const { photos, change } = this.#setup;
		change(photos().filter((held) => held !== hash));
	}

	/** Those in the form besides `known`, to be saved with the record. @throws StoreError */
	async added(known: readonly string[]): Promise<readonly Photo[]> {
		const { photos, store } = this.#setup;
		const hashes = photos().filter((hash) => !known.includes(hash));
		const added = await Promise.all(hashes.filter(isHash).map((hash) => store.photo(hash)));
		return added.filter((photo) => photo !== undefined);
	}

	async #add(file: Blob): Promise<void> {
		const { store, database, photos, change, ontrouble } = this.#setup;
		if (photos().length >= maxPhotos) return;
		this.#coming += 1;
		try {
			const small = await downscale(file);
			if (!small.ok) return ontrouble('photo');
			await store.keepPhoto({ ...small.photo, database });
			change([...new Set([...photos(), small.photo.hash])]);
		} catch (error) {
			ontrouble(savingTrouble(error));
		} finally {
			this.#coming -= 1;
		}
	}
}
