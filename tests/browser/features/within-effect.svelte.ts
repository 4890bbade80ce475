/** Makes something as a component being set up would: within an effect. Returns how to end it, too. */
export function withinEffect<Made>(make: () => Made): { readonly made: Made; readonly end: () => void } {
	const box: Made[] = [];
	const end = $effect.root(() => {
		box.push(make());
	});
	const [made] = box;
	if (made === undefined) throw new Error('nothing was made');
	return { made, end };
}
