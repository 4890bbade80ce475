import * as v from 'valibot';

/** Signatures are drawn on a field of this many units in width; heights keep the proportion. */
export const signatureUnits = 1000;
export const maxStrokes = 60;
export const maxStrokeNumbers = 400;

const coordinate = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(signatureUnits));

/**
 * A signature as it was drawn: strokes of `x, y, x, y, …` from the upper left corner. Lines, not a picture: small,
 * and sharp in print.
 */
export const signatureBody = v.pipe(
	v.array(
		v.pipe(
			v.array(coordinate),
			v.minLength(2),
			v.maxLength(maxStrokeNumbers),
			v.check((numbers) => numbers.length % 2 === 0, 'half a point')
		)
	),
	v.minLength(1),
	v.maxLength(maxStrokes)
);
export type Signature = v.InferOutput<typeof signatureBody>;
