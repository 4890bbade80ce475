import { signatureUnits } from '#kinds/signature.ts';
import { strokeOf } from './signature-strokes.ts';

/** How thick a line is drawn, in thousandths of the field's width. */
export const penThickness = 9;

/**
 * Lets a finger, pen or mouse draw on `canvas`: each stroke is told when it ends, and taken off the canvas, since
 * what is kept is drawn beneath it. The canvas keeps as many pixels as the screen has, also when it is turned.
 * Returns how to stop.
 */
export async function signatureGlass(
	canvas: HTMLCanvasElement,
	onstroke: (stroke: readonly number[]) => void
): Promise<() => void> {
	const { default: SignaturePad } = await import('signature_pad');
	const pad = new SignaturePad(canvas, { minDistance: 2, throttle: 0 });
	const fit = () => {
		const ratio = window.devicePixelRatio;
		canvas.width = Math.round(canvas.clientWidth * ratio);
		canvas.height = Math.round(canvas.clientHeight * ratio);
		canvas.getContext('2d')?.scale(ratio, ratio);
		const thickness = (canvas.clientWidth * penThickness) / signatureUnits;
		Object.assign(pad, { minWidth: thickness / 2, maxWidth: thickness / 2, dotSize: thickness / 2 });
		pad.clear();
	};
	const begin = () => {
		pad.penColor = getComputedStyle(canvas).color;
	};
	const end = () => {
		const points = pad.toData().at(-1)?.points ?? [];
		pad.clear();
		if (points.length > 0) onstroke(strokeOf(points, canvas.clientWidth));
	};
	const sizes = new ResizeObserver(fit);
	fit();
	sizes.observe(canvas);
	pad.addEventListener('beginStroke', begin);
	pad.addEventListener('endStroke', end);
	return () => {
		sizes.disconnect();
		pad.off();
	};
}
