/** Does `work` once the screen has been drawn. Returns how to call it off. */
export function afterPaint(work: () => void): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	// A frame is drawn after its callbacks; a timer set in one fires after the drawing.
	const frame = requestAnimationFrame(() => (timer = setTimeout(work)));
	return () => {
		cancelAnimationFrame(frame);
		clearTimeout(timer);
	};
}
