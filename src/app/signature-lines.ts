import { signatureUnits, type Signature } from '#kinds/signature.ts';

/** A signature as an SVG path, cut to what is drawn. */
export interface SignatureLines {
	/** x, y, width and height of an SVG's `viewBox`, in thousandths of the width it was drawn on. */
	readonly viewBox: readonly [number, number, number, number];
	/** An SVG's path data. */
	readonly path: string;
}

/** Room for the line's own thickness at the edges. */
const thickness = 9;
/** Narrower than this it would be blown up to a scrawl: one thin stroke is still a stroke. */
const least = signatureUnits / 4;

export function signatureLines(signature: Signature): SignatureLines {
	const [left, right] = extent(signature.flatMap((stroke) => stroke.filter((_, index) => index % 2 === 0)));
	const [top, bottom] = extent(signature.flatMap((stroke) => stroke.filter((_, index) => index % 2 === 1)));
	return {
		viewBox: [left, top, right - left, bottom - top],
		path: signaturePath(signature)
	};
}

/** An SVG's path data, in thousandths of the width it was drawn on. */
export function signaturePath(strokes: readonly (readonly number[])[]): string {
	return strokes.map(strokePath).join('');
}

/** A dot is a line of no length: its round end is drawn. */
function strokePath(stroke: readonly number[]): string {
	const [x = 0, y = 0, ...rest] = stroke;
	return `M${x} ${y}L${(rest.length > 0 ? rest : [x, y]).join(' ')}`;
}

function extent(numbers: readonly number[]): readonly [number, number] {
	const [low, high] = [Math.min(...numbers) - thickness, Math.max(...numbers) + thickness];
	const room = Math.max(0, least - (high - low)) / 2;
	return [low - room, high + room];
}
