import * as v from 'valibot';
import { streams, type CheckInRead, type Quality, type Stream } from '#kinds/check-in.ts';
import { isHash } from '#records/hash.ts';
import type { Json, JsonObject } from '#records/json.ts';

/** What stands on the sheet before it is saved. `weight` as typed, in kilograms. */
export type CheckInForm = {
	readonly streams: readonly Stream[];
	readonly guided: boolean;
	readonly note: string;
	readonly photos: readonly string[];
	readonly weight: string;
};

export const emptyForm: CheckInForm = { streams: [], guided: false, note: '', photos: [], weight: '' };

const draft = v.object({
	streams: v.array(v.picklist(streams)),
	guided: v.boolean(),
	note: v.string(),
	photos: v.array(v.custom<string>(isHash)),
	weight: v.string()
});

/** A form kept as a draft, or undefined when an older version kept something else. */
export function formOfDraft(value: Json): CheckInForm | undefined {
	const parsed = v.safeParse(draft, value);
	return parsed.success ? parsed.output : undefined;
}

/** The form that shows a view as it stands. */
export function formOf(view: CheckInRead['observed']): CheckInForm {
	return {
		streams: view?.streams ?? [],
		guided: view?.guided ?? false,
		note: view?.note ?? '',
		photos: view?.photos ?? [],
		weight: view?.weightKg === undefined ? '' : String(view.weightKg)
	};
}

export type WeightRead =
	{ readonly ok: true; readonly kg: number | undefined } | { readonly ok: false; readonly text: string };

/** Reads a weight as people type it: full-width digits, a comma for the point, 公斤 or kg behind it. */
export function readWeight(text: string): WeightRead {
	const plain = text
		.normalize('NFKC')
		.trim()
		.replace(/\s*(公斤|千克|kg)$/iu, '')
		.replace(/[,，。]/u, '.');
	if (plain === '') return { ok: true, kg: undefined };
	const kg = Number(plain);
	return /^\d*\.?\d*$/.test(plain) && kg >= 0 && kg <= 1000 ? { ok: true, kg } : { ok: false, text };
}

/** A view of a check-in as it is written: what is not known is left out. */
export type WrittenView = {
	readonly quality: Quality;
	readonly streams?: readonly Stream[];
	readonly guided?: true;
	readonly note?: string;
	readonly photos?: readonly string[];
	readonly weightKg?: number;
};

export type ViewRead =
	{ readonly ok: true; readonly view: WrittenView } | { readonly ok: false; readonly field: 'weight' };

/** The view that `form` and the tapped quality make; what was left empty is left out. */
export function viewOf(form: CheckInForm, quality: Quality): ViewRead {
	const weight = readWeight(form.weight);
	if (!weight.ok) return { ok: false, field: 'weight' };
	const note = form.note.trim();
	return {
		ok: true,
		view: {
			quality,
			...(form.streams.length > 0 && { streams: streams.filter((stream) => form.streams.includes(stream)) }),
			...(form.guided && { guided: true }),
			...(note !== '' && { note }),
			...(form.photos.length > 0 && { photos: [...form.photos] }),
			...(weight.kg !== undefined && { weightKg: weight.kg })
		}
	};
}

/** The body with the worker's view put down anew; what the household reported stays as it is. */
export function observedBody(before: JsonObject | undefined, view: WrittenView): JsonObject {
	return { ...before, observed: view };
}
